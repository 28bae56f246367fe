#include "services/dashboard/domain/measures.h"

#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <random>
#include <vector>

#include "services/dashboard/domain/aid_changes.h"
#include "services/dashboard/domain/figures.h"

namespace bangkit::dashboard {
namespace {

using enum Measure;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr Month kMay = year(2022) / month(5);

Measured Loan(int state, std::int64_t principal, const std::string& region_code = "18.71") {
    return {.region_code = region_code,
            .measures = {{{kLoans, 3, state}, 1}, {{kLoanPrincipal, 3, state}, principal}}};
}

TEST(Measures, AreAddedUpByKindOrAltogether) {
    const Measures measures{{{kGoodsReceived, 1, 1}, 9},
                            {{kLoans, 3, 1}, 2},
                            {{kLoans, 3, 2}, 5},
                            {{kLoans, 7, 1}, 1},
                            {{kLoanPrincipal, 3, 1}, 100}};
    EXPECT_EQ(SumOf(measures, kLoans), 8);
    EXPECT_EQ(SumOf(measures, kLoans, 3), 7);
    EXPECT_EQ(SumOf(measures, kReferrals), 0);
    EXPECT_EQ(ValueOf(measures, {kLoans, 3, 2}), 5);
    EXPECT_EQ(ValueOf(measures, {kLoans, 3, 3}), 0);
}

TEST(Measures, OfAThingCountAtEveryLevelUpToTheCountry) {
    AidChanges changes;
    changes.Add(nullptr, MeasuredEvent{.after = Loan(1, 1'000), .month = kMay});
    EXPECT_THAT(changes.Regions(), ElementsAre("18", "18.71", "ID"));
    EXPECT_THAT(changes.measures(), SizeIs(6));
    EXPECT_EQ(changes.measures().at({"ID", kMay, {kLoanPrincipal, 3, 1}}), 1'000);
}

TEST(Measures, MoveToWhatTheThingIsNow) {
    const Measured before = Loan(1, 1'000);
    AidChanges changes;
    changes.Add(&before, MeasuredEvent{.after = Loan(2, 1'000), .month = kMay + months(1)});
    EXPECT_EQ(changes.measures().at({"18", kMay + months(1), {kLoans, 3, 1}}), -1);
    EXPECT_EQ(changes.measures().at({"18", kMay + months(1), {kLoanPrincipal, 3, 2}}), 1'000);
    AidChanges none;
    none.Add(&before, MeasuredEvent{.after = before, .month = kMay});
    EXPECT_THAT(none.measures(), IsEmpty());
    EXPECT_THAT(none.Regions(), IsEmpty());
}

TEST(Measures, OfAThingThatMovesMoveBelowTheRegionThatHoldsBoth) {
    const Measured before = Loan(1, 7, "18.71");
    AidChanges changes;
    changes.Add(&before, MeasuredEvent{.after = Loan(1, 7, "18.72"), .month = kMay});
    EXPECT_THAT(changes.Regions(), ElementsAre("18.71", "18.72"));
    EXPECT_EQ(changes.measures().at({"18.71", kMay, {kLoans, 3, 1}}), -1);
}

TEST(Measures, OfInterestAreMoneyOfBudgets) {
    AidMoney money;
    AddTo(money, {kLoanSubsidy, 3, 0}, 10);
    AddTo(money, {kLoanSubsidyReserved, 3, 0}, 20);
    AddTo(money, {kLoanPrincipal, 3, 1}, 1'000);
    EXPECT_EQ(money, (AidMoney{.reserved = 20, .disbursed = 10}));
}

TEST(Measures, OfMonthsAreWhatChangedAndHowItWasAtTheEnd) {
    const MeasureKey open{kGrievancesOpen, 2, 0};
    const std::vector<MonthChange> changes{{.month = kMay, .measures = {{open, 3}}},
                                           {.month = kMay + months(2), .measures = {{open, -3}}}};
    const std::vector<MonthFigures> history = History(changes);
    ASSERT_THAT(history, SizeIs(3));
    EXPECT_THAT(history[0].measures.changes, ElementsAre(Pair(open, 3)));
    EXPECT_THAT(history[1].measures.changes, IsEmpty());
    EXPECT_THAT(history[1].measures.at_end, ElementsAre(Pair(open, 3)));
    EXPECT_THAT(history[2].measures.at_end, IsEmpty());
}

// Whatever happens in whatever order: the counters add up to what a recount of all things gives.
TEST(Measures, OfAnySequenceOfEventsAddUpToARecount) {
    std::mt19937 random(2022);
    const auto pick = [&random](int max) { return std::uniform_int_distribution(0, max)(random); };
    const std::vector<std::string> regions{"18.71", "18.71.05", "18.01.01.2001"};
    std::vector<std::optional<Measured>> things(30);
    AidChanges changes, recount;
    for (int i = 0; i < 2'000; ++i) {
        auto& thing = things[static_cast<std::size_t>(pick(29))];
        const Measured after =
            Loan(1 + pick(4), 1 + pick(1'000), regions[static_cast<std::size_t>(pick(2))]);
        changes.Add(thing ? &*thing : nullptr,
                    MeasuredEvent{.after = after, .month = kMay + months(pick(20))});
        thing = after;
    }
    for (const auto& thing : things) {
        if (thing) recount.Add(nullptr, MeasuredEvent{.after = *thing, .month = kMay});
    }
    const auto sum_up = [](const AidChanges& of) {
        std::map<std::pair<std::string, MeasureKey>, std::int64_t> sums;
        for (const auto& [cell, change] : of.measures())
            sums[{cell.region_code, cell.key}] += change;
        std::erase_if(sums, [](const auto& each) { return each.second == 0; });
        return sums;
    };
    EXPECT_EQ(sum_up(changes), sum_up(recount));
}

}  // namespace
}  // namespace bangkit::dashboard
