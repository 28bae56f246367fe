#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libs/base/clock.h"
#include "libs/base/result.h"

namespace bangkit::aid {

// The money of one programme in one region, in double entry. All amounts are rupiah. The numbers
// are those of bangkit.aid.v1, stored and sent: never change one, only add.
enum class Account {
    kFunding = 1,  // Where the money comes from: has what it gave, with a minus.
    kAvailable = 2,
    kReserved = 3,
    kDisbursed = 4,
    kReturned = 5
};
enum class PostingKind {
    kAllocation = 1,
    kRevision = 2,
    kReservation = 3,
    kRelease = 4,
    kDisbursement = 5,
    kReturn = 6,
    // Of a loan: the bank's interest for all of its months, for one, and what none of them took.
    kSubsidyReservation = 7,
    kSubsidy = 8,
    kSubsidyRelease = 9
};

/// As much as a budget can hold.
inline constexpr std::int64_t kBudgetMax = 1'000'000'000'000'000;

/// What is in the accounts. All that was allocated is in one of them.
struct Balances {
    std::int64_t available = 0;
    std::int64_t reserved = 0;
    std::int64_t disbursed = 0;
    std::int64_t returned = 0;

    std::int64_t allocated() const { return available + reserved + disbursed + returned; }
    bool operator==(const Balances&) const = default;
};

struct Budget {
    std::string id;
    std::int64_t version = 0;  // How many events built this state: allocated, revised, revised ...
    std::string program_id;
    std::string region_code;
    Balances balances;
    std::optional<std::int64_t> quota;  // Unset: as many as the money is for.
    std::int64_t recipients = 0;        // Who have something reserved or paid.
    std::int64_t postings = 0;          // The number of the last one.
    Time updated_at;

    bool Exists() const { return version > 0; }
    bool operator==(const Budget&) const = default;
};

/// What is to be posted.
struct PostingOrder {
    PostingKind kind = PostingKind::kReservation;
    std::int64_t amount = 0;          // Of a revision: below zero if it is less than before.
    std::string application_id = {};  // Empty: of an allocation or a revision.
    std::string document = {};        // What an allocation or a revision rests on.
    int month = 0;                    // Of a loan, whose interest is paid; else 0.
};

/// One line of the ledger: an amount leaves one account and enters another one, so that what does
/// not balance cannot be said.
struct Posting {
    std::string budget_id;
    std::int64_t number = 0;  // 1, 2, 3 ... within a budget.
    PostingKind kind = PostingKind::kReservation;
    Account from = Account::kAvailable;
    Account to = Account::kReserved;
    std::int64_t amount = 0;
    std::int64_t from_balance = 0;  // What is in the two accounts afterwards.
    std::int64_t to_balance = 0;
    int recipients = 0;  // By how many there are more.
    std::string application_id;
    std::string document;
    int month = 0;  // Of a loan, whose interest is paid; else 0.
    Time at;
    bool operator==(const Posting&) const = default;
};

/// What is in an account of the budget.
std::int64_t BalanceOf(const Balances& balances, Account account);

/// The next posting of the budget, or why there can be none. FAILED_PRECONDITION: BUDGET_EXHAUSTED
/// (the account does not have as much), QUOTA_EXHAUSTED (all places are taken), BUDGET_TOO_LARGE.
Result<Posting> Draft(const Budget& budget, const PostingOrder& order, Time now);
Budget Post(Budget budget, const Posting& posting);

/// Another number of places than before. FAILED_PRECONDITION, QUOTA_TOO_LOW: it is below the
/// number of recipients.
Result<void> CheckQuota(const Budget& budget, std::int64_t quota);

/// `total` in equal whole rupiah. What is left over stays where it was.
struct Shares {
    std::int64_t each = 0;
    std::int64_t remainder = 0;
    bool operator==(const Shares&) const = default;
};
/// `recipients` is above zero.
Shares InEqualShares(std::int64_t total, std::int64_t recipients);

}  // namespace bangkit::aid
