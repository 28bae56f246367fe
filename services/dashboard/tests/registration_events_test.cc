#include "services/dashboard/events/registration_events.h"

#include <gmock/gmock.h>

#include <functional>

#include "services/dashboard/tests/events.h"

namespace bangkit::dashboard {
namespace {

using registration::v1::BusinessRegistered;
using ::testing::HasSubstr;

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

TEST_F(RegistrationEvents, WithoutALevelAreOfSelfDeclaredBusinesses) {
    auto message = WithStatistics<BusinessRegistered>(kBekasiVendor, kMay2022);
    message.mutable_statistics()->clear_verification();
    const auto event = Parse(ToRecord(PublishedBusiness().id(), 1, message));

    ASSERT_TRUE(event);
    EXPECT_EQ(event->after.verification, Verification::kSelfDeclared);
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
