#include "services/dashboard/domain/aid_changes.h"

#include <gmock/gmock.h>

#include <random>
#include <vector>

#include "services/dashboard/domain/aid_figures.h"

namespace bangkit::dashboard {
namespace {

using std::chrono::month;
using std::chrono::year;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr Month kMay = year(2022) / month(5);
constexpr Month kJune = year(2022) / month(6);
const Application kApplication{
    .region_code = "18.71.05", .state = ApplicationState::kSubmitted, .amount = 1'000};

Application But(ApplicationState state) {
    Application application = kApplication;
    application.state = state;
    return application;
}

TEST(AidChanges, AnApplicationCountsAtEveryLevelUpToTheCountryWithItsAmount) {
    AidChanges changes;
    changes.Add(nullptr, ApplicationEvent{.after = kApplication, .month = kMay});
    EXPECT_THAT(changes.Regions(), ElementsAre("18", "18.71", "18.71.05", "ID"));
    EXPECT_EQ(changes.applications().at({"18", kMay, ApplicationState::kSubmitted}),
              (ApplicationSum{.applications = 1, .rupiah = 1'000}));
}

TEST(AidChanges, WhatBecomesOfItMovesItBetweenCountersOfThatMonth) {
    AidChanges changes;
    changes.Add(&kApplication, {.after = But(ApplicationState::kApproved), .month = kJune});
    EXPECT_EQ(changes.applications().at({"ID", kJune, ApplicationState::kSubmitted}),
              (ApplicationSum{.applications = -1, .rupiah = -1'000}));
    EXPECT_EQ(changes.applications().at({"ID", kJune, ApplicationState::kApproved}),
              (ApplicationSum{.applications = 1, .rupiah = 1'000}));
}

TEST(AidChanges, AnEventThatChangesNothingIsNoChange) {
    AidChanges changes;
    changes.Add(&kApplication, {.after = kApplication, .month = kJune});
    EXPECT_THAT(changes.applications(), IsEmpty());
    EXPECT_THAT(changes.Regions(), IsEmpty());
}

TEST(AidChanges, AnotherAmountIsAChangeThoughThereAreAsMany) {
    AidChanges changes;
    Application more = kApplication;
    more.amount = 1'500;
    changes.Add(&kApplication, {.after = more, .month = kMay});
    EXPECT_EQ(changes.applications().at({"18.71", kMay, ApplicationState::kSubmitted}),
              (ApplicationSum{.applications = 0, .rupiah = 500}));
}

TEST(AidChanges, StepsAndReasonsAreCountedWhereTheyHappened) {
    AidChanges changes;
    changes.Add(&kApplication, {.after = But(ApplicationState::kApproved),
                                .month = kJune,
                                .reached = ReachedStep{.step = Step::kApproved, .hours = 30}});
    changes.Add(&kApplication, {.after = But(ApplicationState::kRejected),
                                .month = kJune,
                                .reasons = {RejectionReason::kKur, RejectionReason::kTwice}});
    EXPECT_EQ(changes.steps().size(), 4U);
    EXPECT_EQ(changes.steps().at({"18.71", kJune, Step::kApproved, 30}), 1);
    EXPECT_EQ(changes.rejections().size(), 8U);
    EXPECT_EQ(changes.rejections().at({"ID", kJune, RejectionReason::kTwice}), 1);
}

TEST(AidChanges, ABudgetOfTheCountryIsCountedThereAndNowhereElse) {
    AidChanges changes;
    const Budget before{.region_code = "ID", .allocated = 100};
    changes.Add(nullptr, BudgetEvent{.after = before, .month = kMay});
    changes.Add(&before,
                BudgetEvent{.after = {.region_code = "ID", .allocated = 70}, .month = kJune});
    EXPECT_THAT(changes.allocated(), ElementsAre(Pair(RegionMonth{"ID", kMay}, 100),
                                                 Pair(RegionMonth{"ID", kJune}, -30)));
}

TEST(AidChanges, AProgrammeIsCountedByWhatItGivesAndItsState) {
    AidChanges changes;
    const Program draft{.region_code = "18",
                        .instrument = Instrument::kInterestFreeLoan,
                        .state = ProgramState::kDraft};
    Program open = draft;
    open.state = ProgramState::kOpen;
    changes.Add(nullptr, ProgramEvent{.after = draft, .month = kMay});
    changes.Add(&draft, ProgramEvent{.after = open, .month = kMay});
    EXPECT_EQ(changes.programs().size(), 2U) << "of the draft nothing is left";
    EXPECT_EQ(
        changes.programs().at({"18", kMay, Instrument::kInterestFreeLoan, ProgramState::kOpen}), 1);
}

TEST(AidMoney, IsWhereTheStateOfTheApplicationSays) {
    AidMoney money;
    for (int state = 1; state <= 14; ++state) {
        money.Add({.state = ApplicationState(state), .applications = 1, .rupiah = 1 << state});
    }
    EXPECT_EQ(money.reserved, (1 << 5) + (1 << 6));
    EXPECT_EQ(money.disbursed, (1 << 7) + (1 << 8) + (1 << 9));
    EXPECT_EQ(money.returned, 1 << 14);
    EXPECT_EQ(money.recipients, 3);
}

// Whatever happens in whatever order: the counters add up to what a recount of all applications
// gives, to the rupiah.
TEST(AidChanges, AnySequenceOfEventsAddsUpToARecountOfTheFinalStates) {
    std::mt19937 random(2022);
    const auto pick = [&random](int max) { return std::uniform_int_distribution(0, max)(random); };
    const std::vector<std::string> regions{"18.71", "18.71.05", "18.01.01.2001"};
    std::vector<std::optional<Application>> applications(40);
    AidChanges changes, recount;
    for (int i = 0; i < 3'000; ++i) {
        auto& application = applications[static_cast<std::size_t>(pick(39))];
        const Application after{.region_code = regions[static_cast<std::size_t>(pick(2))],
                                .state = ApplicationState(1 + pick(13)),
                                .amount = pick(1'000'000)};
        changes.Add(
            application ? &*application : nullptr,
            ApplicationEvent{.after = after, .month = kMay + std::chrono::months(pick(20))});
        application = after;
    }
    for (const auto& application : applications) {
        if (application)
            recount.Add(nullptr, ApplicationEvent{.after = *application, .month = kMay});
    }
    const auto sum_up = [](const AidChanges& of) {
        std::map<std::pair<std::string, ApplicationState>, std::pair<std::int64_t, std::int64_t>>
            sums;
        for (const auto& [cell, change] : of.applications()) {
            auto& [count, rupiah] = sums[{cell.region_code, cell.state}];
            count += change.applications;
            rupiah += change.rupiah;
        }
        std::erase_if(sums, [](const auto& each) { return each.second == std::pair(0L, 0L); });
        return sums;
    };
    EXPECT_EQ(sum_up(changes), sum_up(recount));
}

}  // namespace
}  // namespace bangkit::dashboard
