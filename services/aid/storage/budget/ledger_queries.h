#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/aid/domain/budget/ledger.h"
#include "services/aid/storage/viewer.h"

namespace bangkit::aid {

/// A budget and some of its postings, as of one moment.
struct Statement {
    Budget budget;
    std::vector<Posting> postings;
};

/// A budget, and what all its postings add up to at the same moment.
struct Recount {
    Budget budget;
    Balances balances;
    std::int64_t funding =
        0;  // Of the account where the money comes from: what it gave, with a minus.
    std::int64_t recipients = 0;
    std::int64_t postings = 0;     // How many there are.
    std::int64_t last_number = 0;  // Of the last one.

    /// All of it is what the budget says, nothing is missing, and the entries sum up to zero.
    bool Matches() const;
};

/// Reads, each in a transaction that says to row-level security who is looking.
class LedgerQueries {
public:
    /// `pool` must outlive it.
    explicit LedgerQueries(postgres::Pool& pool) : pool_(pool) {}

    std::optional<Budget> Find(const Viewer& viewer, const std::string& budget_id) const;
    /// Up to `limit` budgets of the programme behind that region, by region.
    std::vector<Budget> List(const Viewer& viewer, const std::string& program_id,
                             const std::string& after, std::int64_t limit) const;
    /// Up to `limit` postings behind that number.
    std::optional<Statement> StatementOf(const Viewer& viewer, const std::string& budget_id,
                                         std::int64_t after, std::int64_t limit) const;
    std::optional<Recount> RecountOf(const Viewer& viewer, const std::string& budget_id) const;

private:
    postgres::Pool& pool_;
};

}  // namespace bangkit::aid
