#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/aid/domain/budget/ledger.h"

namespace bangkit::aid {

/// Of a row of `budgets b`, in the order that ToBudget() reads them.
inline constexpr std::string_view kBudgetColumns =
    "b.budget_id, b.version, b.program_id, b.region_code, b.available_rupiah, b.reserved_rupiah,"
    " b.disbursed_rupiah, b.returned_rupiah, b.quota, b.recipients, b.postings, b.updated_at";
inline constexpr int kBudgetColumnCount = 12;
Budget ToBudget(const postgres::Rows& rows, int i);

/// The budgets of one transaction, and what is posted to them. However many postings there are, a
/// budget is written once.
class LedgerBook {
public:
    /// These budgets, and all of these programmes, in id order; those that are not there are left
    /// out.
    void Lock(postgres::Transaction& transaction, const postgres::UuidArray& budget_ids,
              const postgres::UuidArray& program_ids);

    /// nullptr if it is not there.
    const Budget* Find(const std::string& budget_id) const;
    /// The budget of just this region; nullptr if there is none.
    const Budget* FindOf(const std::string& program_id, std::string_view region_code) const;
    /// The budget of the smallest region around `region_code`; nullptr if there is none.
    const Budget* FindFor(const std::string& program_id, std::string_view region_code) const;
    /// Rupiah in all budgets of the programme that are locked.
    std::int64_t ReservedOf(const std::string& program_id) const;

    /// Takes the budget as `posting`, which was drafted on it, has left it.
    void Record(Budget budget, const Posting& posting, const std::string& posted_by);
    /// Drafts the posting and records it. The refusals of Draft().
    Result<void> Post(const std::string& budget_id, const PostingOrder& order,
                      const std::string& posted_by, Time now);

    /// Fails as a lost race if a budget is no longer what was locked.
    void Save(postgres::Transaction& transaction) const;

private:
    struct Entry {
        Budget budget;
        std::int64_t saved_postings = 0;
    };

    void InsertBudgets(postgres::Transaction& transaction) const;
    void UpdateBudgets(postgres::Transaction& transaction) const;
    void InsertPostings(postgres::Transaction& transaction) const;

    std::map<std::string, Entry> entries_;
    std::vector<Posting> postings_;  // In the order in which they were recorded.
    std::vector<std::string> posted_by_;
};

}  // namespace bangkit::aid
