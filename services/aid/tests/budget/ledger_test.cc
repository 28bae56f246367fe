// Money goes from one account to another one, and no account has less than nothing.
#include "services/aid/domain/budget/ledger.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <random>

#include "services/aid/tests/program/programs.h"

namespace bangkit::aid {
namespace {

using enum PostingKind;

std::string ReasonOf(const auto& result) { return result ? "" : result.error().reason; }

Result<Posting> Try(const Budget& budget, PostingKind kind, std::int64_t amount) {
    PostingOrder order;
    order.kind = kind;
    order.amount = amount;
    return Draft(budget, order, kNow);
}

Budget With(const Budget& budget, PostingKind kind, std::int64_t amount) {
    return Post(budget, Try(budget, kind, amount).value());
}

TEST(PostingTest, AnAllocationGivesWhatCanBeSpent) {
    const Budget budget = With(Budget{}, kAllocation, 2'000'000'000);
    EXPECT_EQ(budget.balances, (Balances{.available = 2'000'000'000}));
    EXPECT_EQ(BalanceOf(budget.balances, Account::kFunding), -2'000'000'000);
    EXPECT_EQ(budget.postings, 1);
    EXPECT_EQ(budget.updated_at, kNow);
}

TEST(PostingTest, ApprovedMoneyIsReservedThenPaidThenMayComeBack) {
    Budget budget = With(BudgetWith(1'000), kReservation, 400);
    EXPECT_EQ(budget.balances, (Balances{.available = 600, .reserved = 400}));
    EXPECT_EQ(budget.recipients, 1);
    budget = With(budget, kDisbursement, 400);
    EXPECT_EQ(budget.balances, (Balances{.available = 600, .disbursed = 400}));
    budget = With(budget, kReturn, 150);
    EXPECT_EQ(budget.balances, (Balances{.available = 600, .disbursed = 250, .returned = 150}));
    EXPECT_EQ(budget.balances.allocated(), 1'000);
    EXPECT_EQ(budget.recipients, 1);
}

TEST(PostingTest, WhatIsReleasedCanBeSpentOnSomebodyElse) {
    Budget budget = BudgetWith(1'000);
    budget.quota = 1;
    budget = With(budget, kReservation, 1'000);
    EXPECT_EQ(ReasonOf(Try(budget, kReservation, 0)), "QUOTA_EXHAUSTED");
    budget = With(budget, kRelease, 1'000);
    EXPECT_EQ(budget.balances, (Balances{.available = 1'000}));
    EXPECT_EQ(ReasonOf(Try(budget, kReservation, 1'000)), "");
}

TEST(PostingTest, NeverARupiahMoreThanThereIs) {
    const Budget budget = With(With(BudgetWith(1'000), kReservation, 300), kDisbursement, 100);
    EXPECT_EQ(ReasonOf(Try(budget, kReservation, 700)), "");
    EXPECT_EQ(ReasonOf(Try(budget, kReservation, 701)), "BUDGET_EXHAUSTED");
    EXPECT_EQ(ReasonOf(Try(budget, kDisbursement, 200)), "");
    EXPECT_EQ(ReasonOf(Try(budget, kDisbursement, 201)), "BUDGET_EXHAUSTED");
    EXPECT_EQ(ReasonOf(Try(budget, kRelease, 201)), "BUDGET_EXHAUSTED");
    EXPECT_EQ(ReasonOf(Try(budget, kReturn, 100)), "");
    EXPECT_EQ(ReasonOf(Try(budget, kReturn, 101)), "BUDGET_EXHAUSTED");
}

TEST(PostingTest, ARevisionTakesOnlyWhatIsFree) {
    const Budget budget = With(BudgetWith(1'000), kReservation, 300);
    EXPECT_EQ(With(budget, kRevision, 500).balances,
              (Balances{.available = 1'200, .reserved = 300}));
    EXPECT_EQ(With(budget, kRevision, -700).balances, (Balances{.available = 0, .reserved = 300}));
    EXPECT_EQ(ReasonOf(Try(budget, kRevision, -701)), "BUDGET_EXHAUSTED");
    const Posting less = Try(budget, kRevision, -700).value();
    EXPECT_EQ(less.from, Account::kAvailable);
    EXPECT_EQ(less.to, Account::kFunding);
    EXPECT_EQ(less.amount, 700);
    EXPECT_EQ(less.from_balance, 0);
    EXPECT_EQ(less.to_balance, -300);
}

TEST(PostingTest, AmountsHaveLimits) {
    for (const PostingKind kind : {kAllocation, kReservation, kRelease, kDisbursement, kReturn}) {
        EXPECT_EQ(ReasonOf(Try(BudgetWith(1'000), kind, -1)), "OUT_OF_RANGE");
    }
    constexpr auto kHuge = std::numeric_limits<std::int64_t>::max();
    constexpr auto kTiny = std::numeric_limits<std::int64_t>::min();
    EXPECT_EQ(ReasonOf(Try(BudgetWith(1'000), kAllocation, kHuge)), "OUT_OF_RANGE");
    EXPECT_EQ(ReasonOf(Try(BudgetWith(1'000), kRevision, kTiny)), "OUT_OF_RANGE");
    EXPECT_EQ(ReasonOf(Try(BudgetWith(1'000), kRevision, kBudgetMax)), "BUDGET_TOO_LARGE");
    EXPECT_EQ(ReasonOf(Try(BudgetWith(0), kRevision, kBudgetMax)), "");
}

TEST(QuotaTest, MayNotFallBelowTheRecipients) {
    const Budget budget = With(With(BudgetWith(10), kReservation, 1), kReservation, 1);
    EXPECT_EQ(ReasonOf(CheckQuota(budget, 2)), "");
    EXPECT_EQ(ReasonOf(CheckQuota(budget, 1)), "QUOTA_TOO_LOW");
}

// Whatever is posted in whichever order: the sums of the entries are the balances, and nothing is
// below zero.
TEST(PostingTest, BalancesAreAlwaysTheSumsOfTheEntries) {
    std::mt19937 random(7);
    Budget budget = With(Budget{}, kAllocation, 500);
    std::map<Account, std::int64_t> sums{{Account::kFunding, -500}, {Account::kAvailable, 500}};
    for (int i = 0; i < 20'000; ++i) {
        const auto kind = static_cast<PostingKind>(2 + random() % 5);
        const auto amount =
            static_cast<std::int64_t>(random() % 120) - (kind == kRevision ? 60 : 0);
        const Result<Posting> posting = Try(budget, kind, amount);
        if (!posting) continue;
        budget = Post(budget, *posting);
        sums[posting->from] -= posting->amount;
        sums[posting->to] += posting->amount;
        EXPECT_EQ(posting->from_balance, BalanceOf(budget.balances, posting->from));
        EXPECT_EQ(posting->to_balance, BalanceOf(budget.balances, posting->to));
        std::int64_t total = 0;
        for (const auto& [account, sum] : sums) {
            ASSERT_EQ(sum, BalanceOf(budget.balances, account));
            ASSERT_TRUE(account == Account::kFunding || sum >= 0);
            total += sum;
        }
        ASSERT_EQ(total, 0);
        ASSERT_GE(budget.recipients, 0);
    }
    EXPECT_GT(budget.postings, 1'000);
}

TEST(SharesTest, AreRoundedDownAndTheRestStays) {
    EXPECT_EQ(InEqualShares(2'000'000'000, 1'683), (Shares{1'188'354, 218}));
    EXPECT_EQ(InEqualShares(2'000'000'000, 1'683 + 80), (Shares{1'134'429, 1'673}));
}

// The bank's interest of a loan takes no place, and goes month by month.
TEST(PostingTest, InterestIsReservedPaidAndReleased) {
    Budget budget = BudgetWith(1'000);
    const auto post = [&budget](PostingKind kind, std::int64_t amount, int month) {
        const Posting posting =
            Draft(budget, {.kind = kind, .amount = amount, .month = month}, kNow).value();
        budget = Post(budget, posting);
        return posting;
    };
    post(PostingKind::kSubsidyReservation, 300, 0);
    EXPECT_EQ(post(PostingKind::kSubsidy, 100, 1).month, 1);
    post(PostingKind::kSubsidyRelease, 200, 0);
    EXPECT_EQ(budget.balances,
              (Balances{.available = 900, .reserved = 0, .disbursed = 100, .returned = 0}));
    EXPECT_EQ(budget.recipients, 0);
    EXPECT_FALSE(Draft(budget, {.kind = PostingKind::kSubsidy, .amount = 1, .month = 2}, kNow));
}

}  // namespace
}  // namespace bangkit::aid
