#include "services/aid/domain/budget/ledger.h"

#include <utility>

namespace bangkit::aid {
namespace {

struct Way {
    Account from;
    Account to;
    int recipients;  // By how many there are more.
};

/// Where the money of a posting comes from and goes to.
Way WayOf(const PostingOrder& order) {
    using enum Account;
    switch (order.kind) {
        case PostingKind::kAllocation: return {kFunding, kAvailable, 0};
        case PostingKind::kRevision:
            return order.amount < 0 ? Way{kAvailable, kFunding, 0} : Way{kFunding, kAvailable, 0};
        case PostingKind::kReservation: return {kAvailable, kReserved, 1};
        case PostingKind::kRelease: return {kReserved, kAvailable, -1};
        case PostingKind::kDisbursement: return {kReserved, kDisbursed, 0};
        case PostingKind::kReturn: return {kDisbursed, kReturned, 0};
        case PostingKind::kSubsidyReservation: return {kAvailable, kReserved, 0};
        case PostingKind::kSubsidy: return {kReserved, kDisbursed, 0};
        case PostingKind::kSubsidyRelease: return {kReserved, kAvailable, 0};
    }
    std::unreachable();
}

void Add(Balances& balances, Account account, std::int64_t amount) {
    switch (account) {
        case Account::kFunding: break;  // Has what is in all others, with a minus.
        case Account::kAvailable: balances.available += amount; break;
        case Account::kReserved: balances.reserved += amount; break;
        case Account::kDisbursed: balances.disbursed += amount; break;
        case Account::kReturned: balances.returned += amount; break;
    }
}

std::unexpected<Error> Exhausted() {
    return Refused(ErrorCode::kFailedPrecondition, "BUDGET_EXHAUSTED",
                   "the account does not have as much");
}

}  // namespace

std::int64_t BalanceOf(const Balances& balances, Account account) {
    switch (account) {
        case Account::kFunding: return -balances.allocated();
        case Account::kAvailable: return balances.available;
        case Account::kReserved: return balances.reserved;
        case Account::kDisbursed: return balances.disbursed;
        case Account::kReturned: return balances.returned;
    }
    std::unreachable();
}

Result<Posting> Draft(const Budget& budget, const PostingOrder& order, Time now) {
    const Way way = WayOf(order);
    const bool may_be_less = order.kind == PostingKind::kRevision;
    if ((order.amount < 0 && !may_be_less) || order.amount < -kBudgetMax ||
        order.amount > kBudgetMax) {
        return Refused(ErrorCode::kInvalidArgument, "OUT_OF_RANGE", "no such amount can be posted");
    }
    const std::int64_t amount = order.amount < 0 ? -order.amount : order.amount;
    const bool is_funded = way.from == Account::kFunding;
    if (is_funded && budget.balances.allocated() + amount > kBudgetMax) {
        return Refused(ErrorCode::kFailedPrecondition, "BUDGET_TOO_LARGE",
                       "a budget cannot hold as much");
    }
    if (!is_funded && BalanceOf(budget.balances, way.from) < amount) return Exhausted();
    if (way.recipients > 0 && budget.quota && budget.recipients >= *budget.quota) {
        return Refused(ErrorCode::kFailedPrecondition, "QUOTA_EXHAUSTED", "all places are taken");
    }
    if (way.recipients < 0 && budget.recipients == 0) return Exhausted();
    return Posting{.budget_id = budget.id,
                   .number = budget.postings + 1,
                   .kind = order.kind,
                   .from = way.from,
                   .to = way.to,
                   .amount = amount,
                   .from_balance = BalanceOf(budget.balances, way.from) - amount,
                   .to_balance = BalanceOf(budget.balances, way.to) + amount,
                   .recipients = way.recipients,
                   .application_id = order.application_id,
                   .document = order.document,
                   .month = order.month,
                   .at = now};
}

Budget Post(Budget budget, const Posting& posting) {
    Add(budget.balances, posting.from, -posting.amount);
    Add(budget.balances, posting.to, posting.amount);
    budget.recipients += posting.recipients;
    budget.postings = posting.number;
    budget.updated_at = posting.at;
    return budget;
}

Result<void> CheckQuota(const Budget& budget, std::int64_t quota) {
    if (quota >= budget.recipients) return {};
    return Refused(ErrorCode::kFailedPrecondition, "QUOTA_TOO_LOW",
                   "more have received something than the quota says");
}

Shares InEqualShares(std::int64_t total, std::int64_t recipients) {
    return {.each = total / recipients, .remainder = total % recipients};
}

}  // namespace bangkit::aid
