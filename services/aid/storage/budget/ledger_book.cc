#include "services/aid/storage/budget/ledger_book.h"

#include <utility>

#include "services/aid/domain/region.h"

namespace bangkit::aid {
namespace {

using postgres::Rows;

/// The columns that postings change, for INSERT and UPDATE alike.
struct Columns {
    postgres::UuidArray ids;
    postgres::Int64Array versions, available, reserved, disbursed, returned, quotas, recipients,
        postings;
    postgres::TimeArray updated_at;

    void Add(const Budget& budget) {
        ids.Add(budget.id);
        versions.Add(budget.version);
        available.Add(budget.balances.available);
        reserved.Add(budget.balances.reserved);
        disbursed.Add(budget.balances.disbursed);
        returned.Add(budget.balances.returned);
        quotas.Add(budget.quota);
        recipients.Add(budget.recipients);
        postings.Add(budget.postings);
        updated_at.Add(budget.updated_at);
    }
};

}  // namespace

Budget ToBudget(const Rows& rows, int i) {
    return {.id = rows.Uuid(i, 0),
            .version = rows.Int64(i, 1),
            .program_id = rows.Uuid(i, 2),
            .region_code = rows.Text(i, 3),
            .balances = {.available = rows.Int64(i, 4),
                         .reserved = rows.Int64(i, 5),
                         .disbursed = rows.Int64(i, 6),
                         .returned = rows.Int64(i, 7)},
            .quota = rows.OptionalInt64(i, 8),
            .recipients = rows.Int64(i, 9),
            .postings = rows.Int64(i, 10),
            .updated_at = rows.Time(i, 11)};
}

void LedgerBook::Lock(postgres::Transaction& transaction, const postgres::UuidArray& budget_ids,
                      const postgres::UuidArray& program_ids) {
    if (budget_ids.size() == 0 && program_ids.size() == 0) return;
    static const std::string sql = "SELECT " + std::string(kBudgetColumns) +
                                   "  FROM budgets b"
                                   " WHERE b.budget_id = ANY($1::uuid[])"
                                   "    OR b.program_id = ANY($2::uuid[])"
                                   " ORDER BY b.budget_id FOR UPDATE";
    const Rows rows = transaction.Run(sql, {budget_ids, program_ids});
    for (int i = 0; i < rows.size(); ++i) {
        Budget budget = ToBudget(rows, i);
        const std::string id = budget.id;
        const std::int64_t saved = budget.postings;
        entries_.try_emplace(id, std::move(budget), saved);
    }
}

const Budget* LedgerBook::Find(const std::string& budget_id) const {
    const auto found = entries_.find(budget_id);
    return found == entries_.end() ? nullptr : &found->second.budget;
}

const Budget* LedgerBook::FindOf(const std::string& program_id,
                                 std::string_view region_code) const {
    const Budget* found = FindFor(program_id, region_code);
    return found != nullptr && found->region_code == region_code ? found : nullptr;
}

const Budget* LedgerBook::FindFor(const std::string& program_id,
                                  std::string_view region_code) const {
    const Budget* smallest = nullptr;
    for (const auto& [id, entry] : entries_) {
        const Budget& budget = entry.budget;
        if (budget.program_id != program_id || !LiesIn(region_code, budget.region_code)) continue;
        if (smallest == nullptr || budget.region_code.size() > smallest->region_code.size()) {
            smallest = &budget;
        }
    }
    return smallest;
}

std::int64_t LedgerBook::ReservedOf(const std::string& program_id) const {
    std::int64_t reserved = 0;
    for (const auto& [id, entry] : entries_) {
        if (entry.budget.program_id == program_id) reserved += entry.budget.balances.reserved;
    }
    return reserved;
}

void LedgerBook::Record(Budget budget, const Posting& posting, const std::string& posted_by) {
    const std::string id = budget.id;
    entries_[id].budget = std::move(budget);
    postings_.push_back(posting);
    posted_by_.push_back(posted_by);
}

Result<void> LedgerBook::Post(const std::string& budget_id, const PostingOrder& order,
                              const std::string& posted_by, Time now) {
    const Budget* budget = Find(budget_id);
    if (budget == nullptr) {
        return Refused(ErrorCode::kNotFound, "BUDGET_NOT_FOUND", "no such budget");
    }
    const Result<Posting> posting = Draft(*budget, order, now);
    if (!posting) return std::unexpected(posting.error());
    Record(aid::Post(*budget, *posting), *posting, posted_by);
    return {};
}

void LedgerBook::Save(postgres::Transaction& transaction) const {
    if (postings_.empty()) return;
    InsertBudgets(transaction);
    UpdateBudgets(transaction);
    InsertPostings(transaction);
}

void LedgerBook::InsertBudgets(postgres::Transaction& transaction) const {
    Columns columns;
    postgres::UuidArray programs;
    postgres::TextArray regions;
    for (const auto& [id, entry] : entries_) {
        if (entry.saved_postings > 0 || entry.budget.postings == 0) continue;
        columns.Add(entry.budget);
        programs.Add(entry.budget.program_id);
        regions.Add(entry.budget.region_code);
    }
    if (columns.ids.size() == 0) return;
    transaction.Queue(
        "INSERT INTO budgets (budget_id, version, program_id, region_code, available_rupiah,"
        "   reserved_rupiah, disbursed_rupiah, returned_rupiah, quota, recipients, postings,"
        "   updated_at)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::uuid[]), unnest($4::text[]),"
        "        unnest($5::bigint[]), unnest($6::bigint[]), unnest($7::bigint[]),"
        "        unnest($8::bigint[]), unnest($9::bigint[]), unnest($10::bigint[]),"
        "        unnest($11::bigint[]), unnest($12::timestamptz[])",
        {columns.ids, columns.versions, programs, regions, columns.available, columns.reserved,
         columns.disbursed, columns.returned, columns.quotas, columns.recipients, columns.postings,
         columns.updated_at});
}

void LedgerBook::UpdateBudgets(postgres::Transaction& transaction) const {
    Columns columns;
    postgres::Int64Array saved_postings;
    for (const auto& [id, entry] : entries_) {
        if (entry.saved_postings == 0 || entry.budget.postings == entry.saved_postings) continue;
        columns.Add(entry.budget);
        saved_postings.Add(entry.saved_postings);
    }
    if (columns.ids.size() == 0) return;
    transaction.QueueExact(
        columns.ids.size(),
        "UPDATE budgets t"
        "   SET version = u.version, available_rupiah = u.available, reserved_rupiah = u.reserved,"
        "       disbursed_rupiah = u.disbursed, returned_rupiah = u.returned, quota = u.quota,"
        "       recipients = u.recipients, postings = u.postings, updated_at = u.updated_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],"
        "              $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],"
        "              $11::timestamptz[])"
        "    AS u (id, saved_postings, version, available, reserved, disbursed, returned, quota,"
        "          recipients, postings, updated_at)"
        " WHERE t.budget_id = u.id AND t.postings = u.saved_postings",
        {columns.ids, saved_postings, columns.versions, columns.available, columns.reserved,
         columns.disbursed, columns.returned, columns.quotas, columns.recipients, columns.postings,
         columns.updated_at});
}

void LedgerBook::InsertPostings(postgres::Transaction& transaction) const {
    postgres::UuidArray budgets, applications;
    postgres::Int64Array numbers, amounts, from_balances, to_balances;
    postgres::SmallintArray kinds, from_accounts, to_accounts, recipients, months;
    postgres::TextArray documents, posted_by;
    postgres::TimeArray posted_at;
    for (std::size_t i = 0; i < postings_.size(); ++i) {
        const Posting& posting = postings_[i];
        budgets.Add(posting.budget_id);
        numbers.Add(posting.number);
        kinds.Add(posting.kind);
        from_accounts.Add(posting.from);
        to_accounts.Add(posting.to);
        amounts.Add(posting.amount);
        from_balances.Add(posting.from_balance);
        to_balances.Add(posting.to_balance);
        recipients.Add(static_cast<std::int16_t>(posting.recipients));
        posting.application_id.empty() ? applications.AddNull()
                                       : applications.Add(posting.application_id);
        documents.Add(posting.document);
        months.Add(static_cast<std::int16_t>(posting.month));
        posted_at.Add(posting.at);
        posted_by.Add(posted_by_[i]);
    }
    transaction.Queue(
        "INSERT INTO ledger (budget_id, number, kind, from_account, to_account, amount_rupiah,"
        "   from_balance_rupiah, to_balance_rupiah, recipients, application_id, document,"
        "   posted_at, posted_by, month)"
        " SELECT unnest($1::uuid[]), unnest($2::bigint[]), unnest($3::smallint[]),"
        "        unnest($4::smallint[]), unnest($5::smallint[]), unnest($6::bigint[]),"
        "        unnest($7::bigint[]), unnest($8::bigint[]), unnest($9::smallint[]),"
        "        unnest($10::uuid[]), unnest($11::text[]), unnest($12::timestamptz[]),"
        "        unnest($13::text[]), unnest($14::smallint[])",
        {budgets, numbers, kinds, from_accounts, to_accounts, amounts, from_balances, to_balances,
         recipients, applications, documents, posted_at, posted_by, months});
}

}  // namespace bangkit::aid
