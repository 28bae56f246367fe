#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/domain/business.h"
#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using ::testing::ElementsAre;
using ::testing::VariantWith;

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kBillion = 1'000 * kMillion;

Business After(Business business, const Events& events) {
    for (const Event& event : events) business = Apply(std::move(business), event);
    return business;
}

/// A business registered on 10 March with these figures, ACTIVE since 1 February.
Business Registered(const Figures& figures = {}) {
    RegisterBusiness command = RegistrationCommand(1);
    command.figures = figures;
    command.condition_since = Day(2, 1);
    return After({}, *Decide({}, command, {.owner_id = command.owner_id}, kNow));
}

ReportCondition Report(Condition condition, Date since,
                       std::optional<std::int64_t> annual_sales = {}) {
    ReportCondition command;
    command.condition = condition;
    command.since = since;
    command.annual_sales = annual_sales;
    return command;
}

Business Reported(const Business& business, const ReportCondition& command) {
    return After(business, *Decide(business, command, kNow));
}

std::string ReasonOf(const Result<Events>& decision) {
    return decision ? "" : decision.error().reason;
}

TEST(Registering, MakesABusinessOfTheOwnerThatTheClaimsName) {
    RegisterBusiness command = RegistrationCommand(1);
    command.figures = {.capital = 20 * kMillion, .annual_sales = {}};
    command.condition = Condition::kDormant;
    command.condition_since = Day(1, 5);
    const Business business = After({}, *Decide({}, command, {.owner_id = "known"}, kNow));
    EXPECT_EQ(business.id, command.business_id);
    EXPECT_EQ(business.version, 1);
    EXPECT_EQ(business.owner_id, "known");
    EXPECT_EQ(business.profile, command.profile);
    EXPECT_EQ(business.condition, Condition::kDormant);
    EXPECT_EQ(business.condition_since, Day(1, 5));
    EXPECT_EQ(business.verification, Verification::kSelfDeclared);
    EXPECT_EQ(business.scale.classification,
              (indonesia::Classification{Scale::kMicro, "PP7_2021"}));
    EXPECT_EQ(business.scale.since, kToday);
    EXPECT_EQ(business.registered_at, kNow);
    EXPECT_EQ(business.updated_at, kNow);
}

// At 20:00 UTC it is tomorrow in Indonesia.
TEST(Registering, ClassifiesByTheDayInIndonesia) {
    const Time evening = kNow + std::chrono::hours(18);
    const Business business =
        After({}, *Decide({}, RegistrationCommand(1), {.owner_id = "o"}, evening));
    EXPECT_EQ(business.scale.since, kToday + std::chrono::days(1));
}

TEST(Registering, IsRefusedForANikThatHasABusinessUnlessItIsSaidToBeAnother) {
    RegisterBusiness command = RegistrationCommand(1);
    const Claims claims{.owner_id = "known", .owner_is_known = true};
    EXPECT_EQ(ReasonOf(Decide({}, command, claims, kNow)), "NIK_ALREADY_REGISTERED");
    command.additional_business = true;
    EXPECT_EQ(ReasonOf(Decide({}, command, claims, kNow)), "");
}

TEST(Registering, IsRefusedForANibOfAnotherBusinessWhateverIsSaid) {
    RegisterBusiness command = RegistrationCommand(1);
    command.additional_business = true;
    EXPECT_EQ(ReasonOf(Decide({}, command, {.owner_id = "o", .nib_is_taken = true}, kNow)),
              "NIB_ALREADY_REGISTERED");
}

TEST(Registering, IsRefusedForABusinessThatExists) {
    EXPECT_EQ(ReasonOf(Decide(Registered(), RegistrationCommand(1), {}, kNow)),
              "BUSINESS_ALREADY_REGISTERED");
}

TEST(Reporting, IsRefusedForWhatDoesNotExist) {
    EXPECT_EQ(ReasonOf(Decide({}, Report(Condition::kActive, kToday), kNow)), "BUSINESS_NOT_FOUND");
}

TEST(Reporting, ChangesTheConditionSinceItsDate) {
    const Business business = Reported(Registered(), Report(Condition::kAffected, Day(3, 1)));
    EXPECT_EQ(business.condition, Condition::kAffected);
    EXPECT_EQ(business.condition_since, Day(3, 1));
    EXPECT_EQ(business.version, 2);
}

TEST(Reporting, OfTheSameDayAgainCorrectsIt) {
    const Business business = Reported(Registered(), Report(Condition::kDormant, Day(2, 1)));
    EXPECT_EQ(business.condition, Condition::kDormant);
}

TEST(Reporting, LateRestatesHistoryAndLeavesThePresentAsItIs) {
    const Business before = Registered();
    const Result<Events> decision = Decide(before, Report(Condition::kAffected, Day(1, 31)), kNow);
    ASSERT_THAT(*decision, ElementsAre(VariantWith<ConditionReported>(::testing::_)));
    EXPECT_EQ(std::get<ConditionReported>(decision->front()).since, Day(1, 31));
    const Business after = After(before, *decision);
    EXPECT_EQ(after.condition, Condition::kActive);
    EXPECT_EQ(after.condition_since, Day(2, 1));
    EXPECT_EQ(after.version, 2);
}

TEST(Reporting, ByAStaleEtagIsRefused) {
    const Business business = Registered();
    ReportCondition command = Report(Condition::kActive, kToday);
    command.expected_version = 2;
    EXPECT_EQ(ReasonOf(Decide(business, command, kNow)), "ETAG_STALE");
    command.expected_version = 1;
    EXPECT_EQ(ReasonOf(Decide(business, command, kNow)), "");
}

TEST(Reporting, OfAClosedBusinessIsPossibleOnlyForWhatWasBefore) {
    const Business closed = Reported(Registered(), Report(Condition::kClosed, Day(3, 1)));
    EXPECT_EQ(ReasonOf(Decide(closed, Report(Condition::kRecovered, Day(3, 2)), kNow)),
              "BUSINESS_CLOSED");
    EXPECT_EQ(ReasonOf(Decide(closed, Report(Condition::kActive, Day(3, 1)), kNow)), "");
    EXPECT_EQ(ReasonOf(Decide(closed, Report(Condition::kAffected, Day(2, 20)), kNow)), "");
}

struct ScaleCase {
    Figures registered;
    std::int64_t annual_sales;
    Scale from;
    Scale to;
    bool is_upgrade;
};

TEST(NewAnnualSales, ReclassifyAndTellTheWayUp) {
    const ScaleCase cases[] = {
        {{.capital = {}, .annual_sales = 2 * kBillion},
         2 * kBillion + 1,
         Scale::kMicro,
         Scale::kSmall,
         true},
        {{.capital = {}, .annual_sales = kMillion},
         60 * kBillion,
         Scale::kMicro,
         Scale::kLarge,
         true},
        {{.capital = {}, .annual_sales = 3 * kBillion},
         kMillion,
         Scale::kSmall,
         Scale::kMicro,
         false},
        // First figures at all, and sales that speak louder than the capital did.
        {{.capital = {}, .annual_sales = {}}, 3 * kBillion, Scale::kUnknown, Scale::kSmall, false},
        {{.capital = 6 * kBillion, .annual_sales = {}},
         kMillion,
         Scale::kMedium,
         Scale::kMicro,
         false},
    };
    for (const ScaleCase& each : cases) {
        const Business business = Registered(each.registered);
        const auto report = Report(Condition::kActive, kToday, each.annual_sales);
        const Result<Events> decision = Decide(business, report, kNow);
        ASSERT_EQ(decision->size(), 2U) << each.annual_sales;
        EXPECT_EQ(std::get<ConditionReported>(decision->front()).new_figures, std::nullopt);
        const auto& changed = std::get<ScaleChanged>(decision->back());
        EXPECT_EQ(changed.from, each.from);
        EXPECT_EQ(changed.to.classification.scale, each.to);
        EXPECT_EQ(changed.IsUpgrade(), each.is_upgrade);
        const Business after = After(business, *decision);
        EXPECT_EQ(after.version, 3);  // One per event.
        EXPECT_EQ(after.scale.figures.annual_sales, each.annual_sales);
        EXPECT_EQ(after.scale.figures.capital, each.registered.capital);
        EXPECT_EQ(after.scale.since, kToday);
    }
}

TEST(NewAnnualSales, WithinTheScaleAreKeptWithoutAnEventOfTheirOwn) {
    const Business business = Registered({.capital = {}, .annual_sales = kMillion});
    const Result<Events> decision =
        Decide(business, Report(Condition::kActive, kToday, 2 * kMillion), kNow);
    ASSERT_EQ(decision->size(), 1U);
    EXPECT_EQ(After(business, *decision).scale.figures.annual_sales, 2 * kMillion);
}

TEST(NewAnnualSales, OfADateBeforeTheKnownOnesRestateHistoryOnly) {
    const Business business = Registered({.capital = {}, .annual_sales = kMillion});
    const Result<Events> decision =
        Decide(business, Report(Condition::kActive, Day(3, 9), 60 * kBillion), kNow);
    ASSERT_EQ(decision->size(), 1U);
    const auto& reported = std::get<ConditionReported>(decision->front());
    EXPECT_EQ(reported.new_figures->classification.scale, Scale::kLarge);
    EXPECT_EQ(After(business, *decision).scale, business.scale);
}

TEST(NewAnnualSales, AreJudgedByTheRulesOfTheirDate) {
    const Date before_pp7 = std::chrono::year(2021) / 2 / 1;
    const Result<Events> decision =
        Decide(Registered(), Report(Condition::kActive, before_pp7, 400 * kMillion), kNow);
    const auto& reported = std::get<ConditionReported>(decision->front());
    EXPECT_EQ(reported.new_figures->classification,
              (indonesia::Classification{Scale::kSmall, "UU20_2008"}));
}

}  // namespace
}  // namespace bangkit::registration
