// A business that lives on in another one is counted nowhere, and again when that is undone.
#include <gmock/gmock.h>

#include "services/dashboard/domain/changes.h"
#include "services/dashboard/events/registration_events.h"
#include "services/dashboard/tests/events.h"

namespace bangkit::dashboard {
namespace {

using ::testing::IsEmpty;

const Month kMay = MonthOf(kMay2022);
const Month kJune = MonthOf(kJune2022);

BusinessState Gone(BusinessState state = kBekasiVendor) {
    state.is_merged = true;
    return state;
}

TEST(MergedBusinesses, LeaveEveryRegionAroundThem) {
    Changes changes;
    const BusinessState verified = But(Verification::kField);
    changes.Add(&verified, {.after = Gone(verified), .month = kJune});
    for (const char* code : {"ID", "32", "32.75", "32.75.01", "32.75.01.1001"}) {
        EXPECT_EQ(changes.Regions().at(code), -1) << code;
        EXPECT_EQ(changes.counts().at({code, kJune, kBekasiVendor.category}), -1) << code;
        EXPECT_EQ(changes.verified().at({code, kJune, Verification::kField}), -1) << code;
    }
    EXPECT_THAT(changes.flows(), IsEmpty()) << "what has happened has happened";
}

TEST(MergedBusinesses, ComeBackAsTheyAreByThen) {
    Changes changes;
    const BusinessState gone = Gone(), back = But(Verification::kField);
    changes.Add(&gone, {.after = back, .month = kJune});
    EXPECT_EQ(changes.Regions().at("32.75"), 1);
    EXPECT_EQ(changes.verified().at({"ID", kJune, Verification::kField}), 1);
    EXPECT_THAT(changes.flows(), IsEmpty()) << "nobody was registered";
}

TEST(MergedBusinesses, AreNotMissedTwice) {
    Changes changes;
    const BusinessState gone = Gone();
    changes.Add(&gone, {.after = gone, .month = kJune});  // Their owner was erased.
    EXPECT_THAT(changes.counts(), IsEmpty());
    EXPECT_THAT(changes.Regions(), IsEmpty());
}

TEST(MergedBusinesses, MergedAndSeparatedWithinAMonthLeaveNoTrace) {
    Changes changes;
    const BusinessState gone = Gone();
    changes.Add(nullptr, {.after = kBekasiVendor, .month = kMay});
    changes.Add(&kBekasiVendor, {.after = gone, .month = kMay});
    changes.Add(&gone, {.after = kBekasiVendor, .month = kMay});
    EXPECT_EQ(changes.Regions().at("ID"), 1);
}

TEST(MergedBusinesses, AreKnownByTheStatisticsOfAnyEvent) {
    const indonesia::RegionTree regions;
    const auto parse = [&](const google::protobuf::Message& message) {
        const kafka::Record record = ToRecord(PublishedBusiness().id(), 2, message);
        const auto envelope = messaging::ParseEnvelope(record);
        return ParseBusinessEvent({.envelope = envelope.value(), .record = &record}, regions);
    };
    auto merged = WithStatistics<registration::v1::BusinessesMerged>(kBekasiVendor, kJune2022);
    EXPECT_EQ(parse(merged)->after, kBekasiVendor) << "the surviving one";
    merged.mutable_statistics()->set_merged(true);
    EXPECT_EQ(parse(merged)->after, Gone());
    auto erased = WithStatistics<registration::v1::OwnerDataErased>(kBekasiVendor, kJune2022);
    erased.mutable_statistics()->set_merged(true);
    EXPECT_EQ(parse(erased)->after, Gone());
    const auto undone = WithStatistics<registration::v1::MergeUndone>(kBekasiVendor, kJune2022);
    EXPECT_EQ(parse(undone)->after, kBekasiVendor);
    EXPECT_EQ(parse(undone)->month, kJune);
}

}  // namespace
}  // namespace bangkit::dashboard
