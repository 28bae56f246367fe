// Events are for ever: what lies in a topic is read by every version that is still to come, and by
// others' programs. For each type there is one event here as it was published once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "libs/indonesia/regions.h"
#include "services/dashboard/events/registration_events.h"
#include "tests/contract/golden.h"
#include "tests/contract/story.h"

namespace bangkit::contract {
namespace {

const std::filesystem::path kFolder =
    std::filesystem::path(SOURCE_DIR) / "tests" / "contract" / "events";

TEST(EventsTest, EachTypeHasOne) {
    std::vector<std::string> published, committed, described;
    for (const kafka::Record& record : Published()) published.push_back(NameOf(record));
    for (const auto& [name, text] : Committed(kFolder)) committed.push_back(name);
    const auto* file = registration::v1::BusinessRegistered::descriptor()->file();
    for (int i = 0; i < file->message_type_count(); ++i) {
        const auto* type = file->message_type(i);
        if (type->FindFieldByName("occurred_at") != nullptr) described.push_back(type->name());
    }
    EXPECT_THAT(published, ::testing::UnorderedElementsAreArray(described));
    EXPECT_THAT(committed, ::testing::UnorderedElementsAreArray(described));
}

TEST(EventsTest, AreWrittenAsTheyAlwaysWere) {
    const auto committed = Committed(kFolder);
    for (const kafka::Record& record : Published()) {
        const std::string name = NameOf(record);
        const auto text = committed.find(name);
        EXPECT_EQ(WithoutJson(text == committed.end() ? "" : text->second),
                  WithoutJson(ToText(record)))
            << "If " << name << " is new, this is its text. If not, its meaning has changed.\n"
            << ToText(record);
    }
}

TEST(EventsTest, AreReadAsTheyAlwaysWere) {
    for (const auto& [name, text] : Committed(kFolder)) {
        const kafka::Record record = FromText(text);
        EXPECT_EQ(NameOf(record), name);
        const auto message = Decode(record);
        EXPECT_TRUE(SaysTheSame(*message, JsonOf(text))) << ToJson(*message);
        EXPECT_EQ(message->SerializeAsString(), record.payload);
        EXPECT_EQ(messaging::ParseEnvelope(record).value().aggregate_id, kBusinessId);
    }
}

TEST(EventsTest, MeanToTheDashboardWhatTheyAlwaysMeant) {
    using namespace dashboard;
    const indonesia::RegionTree regions;
    for (const auto& [name, text] : Committed(kFolder)) {
        const kafka::Record record = FromText(text);
        const messaging::ReceivedEvent event{.envelope = messaging::ParseEnvelope(record).value(),
                                             .record = &record};
        const Result<BusinessEvent> parsed = ParseBusinessEvent(event, regions);
        ASSERT_TRUE(parsed) << name;
        const BusinessState& after = parsed->after;
        const std::int64_t version = event.envelope.version;
        EXPECT_EQ(after.region_code, version < 4 ? kRegionBefore : kRegionAfter) << name;
        EXPECT_EQ(after.category.kind, Kind::kStreetVendor) << name;
        EXPECT_EQ(after.category.condition, version == 1 ? Condition::kActive : Condition::kDormant)
            << name;
        EXPECT_EQ(after.category.scale, version < 3 ? Scale::kMicro : Scale::kSmall) << name;
        EXPECT_EQ(after.verification,
                  version < 5 ? Verification::kSelfDeclared : Verification::kField)
            << name;
        EXPECT_EQ(parsed->upgraded, name == "ScaleChanged") << name;
        EXPECT_EQ(after.is_merged, name == "BusinessesMerged") << name;
    }
}

// The files are of before statistics had them. To whoever reads those, they are unknown.
TEST(EventsTest, TellHowManyWorkThereSinceStatisticsHaveThem) {
    using namespace registration;
    const std::vector<Event> story = Story();
    auto report = std::get<ConditionReported>(story[1]);
    report.workers_male = 1;
    report.workers_female = 2;
    Business business = Apply(Apply({}, story[0]), report);
    v1::ConditionReported reported;
    ASSERT_TRUE(reported.ParseFromString(ToPublic(business, report).payload));
    business = Apply(business, story[2]);
    v1::ScaleChanged changed;
    ASSERT_TRUE(changed.ParseFromString(ToPublic(business, story[2]).payload));
    for (const v1::BusinessStatistics& after : {reported.statistics(), changed.statistics()}) {
        EXPECT_EQ(after.workers_male(), 1);
        EXPECT_EQ(after.workers_female(), 2);
    }
}

// Names, addresses and numbers of the story, none of which may be in what everybody can read.
TEST(EventsTest, HoldNothingPersonal) {
    for (const auto& [name, text] : Committed(kFolder)) {
        const kafka::Record record = FromText(text);
        for (const char* secret :
             {"Warung Contoh", "Jalan Contoh", "1234567890123", "Catatan contoh"}) {
            EXPECT_EQ(record.payload.find(secret), std::string::npos) << name;
        }
    }
}

}  // namespace
}  // namespace bangkit::contract
