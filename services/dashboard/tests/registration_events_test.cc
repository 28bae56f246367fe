#include "services/dashboard/events/registration_events.h"

#include <gmock/gmock.h>

#include <functional>

#include "services/dashboard/tests/events.h"

namespace bangkit::dashboard {
namespace {

using registration::v1::BusinessRegistered;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RegistrationEvents : public ::testing::Test {
protected:
    Result<BusinessEvent> Parse(const kafka::Record& record) const {
        const auto envelope = messaging::ParseEnvelope(record);
        return ParseBusinessEvent({.envelope = envelope.value(), .record = &record}, regions_);
    }

    const indonesia::RegionTree regions_;
};

TEST_F(RegistrationEvents, SayWhatTheBusinessCountsAsAfterThem) {
    PublishedBusiness business;
    const auto registered = Parse(business.Registers(kBekasiVendor, kMay2022));
    const auto reported = Parse(business.Reports(But(Condition::kDormant), kJune2022));
    const auto upgraded = Parse(business.ChangesScale(But(Scale::kSmall), true, kJune2022));
    const auto downgraded = Parse(business.ChangesScale(kBekasiVendor, false, kJune2022));

    ASSERT_TRUE(registered && reported && upgraded && downgraded);
    EXPECT_EQ(registered->after, kBekasiVendor);
    EXPECT_EQ(registered->month, MonthOf(kMay2022));
    EXPECT_EQ(reported->after, But(Condition::kDormant));
    EXPECT_EQ(reported->month, MonthOf(kJune2022));
    EXPECT_TRUE(upgraded->upgraded);
    EXPECT_FALSE(downgraded->upgraded);
}

TEST_F(RegistrationEvents, OfChangesAndVerificationsSayItToo) {
    PublishedBusiness business;
    const BusinessState moved = In("36.74.01.1001", But(Verification::kField));
    const auto changed = Parse(business.ChangesDetails(moved, kJune2022));
    const auto verified = Parse(business.IsVerified(But(Verification::kDocument), kJune2022));

    ASSERT_TRUE(changed && verified);
    EXPECT_EQ(changed->after, moved);
    EXPECT_FALSE(changed->upgraded);
    EXPECT_EQ(verified->after, But(Verification::kDocument));
    EXPECT_EQ(verified->month, MonthOf(kJune2022));
}

// A rebuild reads what was published while the code was still there.
TEST_F(RegistrationEvents, OfARegionThatIsNoMoreAreOfThatRegion) {
    PublishedBusiness business;
    const BusinessState before = In("91.01.01.2001", kBekasiVendor);
    const auto registered = Parse(business.Registers(before, kMay2022));
    const auto moved =
        Parse(business.ChangesDetails(In("93.01.01.2001", kBekasiVendor), kJune2022));

    ASSERT_TRUE(registered && moved);
    EXPECT_EQ(registered->after, before);
    EXPECT_EQ(moved->after.region_code, "93.01.01.2001");
}

TEST_F(RegistrationEvents, WithoutALevelAreOfSelfDeclaredBusinesses) {
    auto message = WithStatistics<BusinessRegistered>(kBekasiVendor, kMay2022);
    message.mutable_statistics()->clear_verification();
    const auto event = Parse(ToRecord(PublishedBusiness().id(), 1, message));

    ASSERT_TRUE(event);
    EXPECT_EQ(event->after.verification, Verification::kSelfDeclared);
}

TEST_F(RegistrationEvents, SayWhatPeopleCountBesides) {
    using namespace common::v1;
    auto message = WithStatistics<BusinessRegistered>(kBekasiVendor, kMay2022);
    registration::v1::BusinessStatistics& statistics = *message.mutable_statistics();
    const auto marks = [&] { return Parse(ToRecord(NewId(kMay2022), 1, message))->after.marks; };
    EXPECT_THAT(marks(), IsEmpty());
    statistics.set_order_and_deliver(true);
    statistics.set_network_coverage(NETWORK_COVERAGE_WEAK);
    EXPECT_THAT(marks(), ElementsAre(Mark::kOrderAndDeliver, Mark::kCoverageKnown));
    statistics.set_network_coverage(NETWORK_COVERAGE_BLANK_SPOT);
    EXPECT_THAT(marks(),
                ElementsAre(Mark::kOrderAndDeliver, Mark::kCoverageKnown, Mark::kBlankSpot));

    statistics.set_order_and_deliver(false);
    statistics.clear_network_coverage();
    statistics.set_cooperative_affiliation(COOPERATIVE_AFFILIATION_MOSQUE);
    statistics.set_sharia(true);
    EXPECT_THAT(marks(), IsEmpty()) << "it is no cooperative";
    statistics.set_kind(BUSINESS_KIND_COOPERATIVE);
    EXPECT_THAT(marks(), ElementsAre(Mark::kMosqueCooperative, Mark::kShariaCooperative));
    statistics.set_has_deed(true);
    EXPECT_THAT(marks(), ElementsAre(Mark::kMosqueCooperative, Mark::kMosqueCooperativeWithDeed,
                                     Mark::kShariaCooperative));
    statistics.set_cooperative_affiliation(COOPERATIVE_AFFILIATION_PESANTREN);
    EXPECT_THAT(marks(), ElementsAre(Mark::kPesantrenCooperative, Mark::kShariaCooperative));
}

TEST_F(RegistrationEvents, AnUnknownScaleIsAScale) {
    PublishedBusiness business;
    const auto event = Parse(business.Registers(But(Scale::kUnknown)));

    ASSERT_TRUE(event);
    EXPECT_EQ(event->after.category.scale, Scale::kUnknown);
}

TEST_F(RegistrationEvents, OfAnUnknownTypeAreRefused) {
    const auto event =
        Parse(ToRecord(PublishedBusiness().id(), 1, "bangkit.registration.v9.Closed", ""));

    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().reason, "EVENT_INVALID");
}

TEST_F(RegistrationEvents, ThatCannotBeReadAreRefused) {
    const auto event = Parse(ToRecord(PublishedBusiness().id(), 1,
                                      "bangkit.registration.v1.BusinessRegistered", "\xff\xff"));

    ASSERT_FALSE(event);
    EXPECT_THAT(event.error().message, HasSubstr("cannot be read"));
}

TEST_F(RegistrationEvents, WithValuesThatDoNotExistAreRefused) {
    struct Case {
        const char* what;
        std::function<void(BusinessRegistered&)> spoil;
    };
    const std::vector<Case> cases{
        {"region", [](auto& event) { event.mutable_statistics()->set_region_code("32.75.99"); }},
        {"region", [](auto& event) { event.mutable_statistics()->set_region_code("ID"); }},
        {"kind", [](auto& event) { event.mutable_statistics()->clear_kind(); }},
        {"kind",
         [](auto& event) {
             event.mutable_statistics()->set_kind(static_cast<common::v1::BusinessKind>(99));
         }},
        {"scale",
         [](auto& event) {
             event.mutable_statistics()->set_scale(static_cast<common::v1::BusinessScale>(99));
         }},
        {"condition", [](auto& event) { event.mutable_statistics()->clear_condition(); }},
        {"verification",
         [](auto& event) {
             event.mutable_statistics()->set_verification(
                 static_cast<common::v1::VerificationLevel>(9));
         }},
        {"coverage",
         [](auto& event) {
             event.mutable_statistics()->set_network_coverage(
                 static_cast<common::v1::NetworkCoverage>(9));
         }},
        {"affiliation",
         [](auto& event) {
             event.mutable_statistics()->set_cooperative_affiliation(
                 static_cast<common::v1::CooperativeAffiliation>(9));
         }},
        {"occurred_at", [](auto& event) { event.clear_occurred_at(); }},
        {"occurred_at",
         [](auto& event) { event.mutable_occurred_at()->set_seconds(253'402'300'799); }},
    };
    for (const Case& each : cases) {
        auto message = WithStatistics<BusinessRegistered>(kBekasiVendor, kMay2022);
        each.spoil(message);

        const auto event = Parse(ToRecord(PublishedBusiness().id(), 1, message));

        ASSERT_FALSE(event) << each.what;
        EXPECT_EQ(event.error().reason, "EVENT_INVALID");
        EXPECT_THAT(event.error().message, HasSubstr(each.what));
    }
}

}  // namespace
}  // namespace bangkit::dashboard
