#include "services/aid/storage/budget/ledger_queries.h"

#include "services/aid/storage/budget/ledger_book.h"

namespace bangkit::aid {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

const std::string kSelect = "SELECT " + std::string(kBudgetColumns);
const std::string kFindSql = kSelect + " FROM budgets b WHERE b.budget_id = $1::text::uuid";

// By the index on programme and region.
const std::string kListSql = kSelect +
                             "  FROM budgets b"
                             " WHERE b.program_id = $1::text::uuid AND b.region_code > $2::text"
                             " ORDER BY b.region_code LIMIT $3::bigint";

constexpr std::string_view kStatementSql =
    "SELECT l.budget_id, l.number, l.kind, l.from_account, l.to_account, l.amount_rupiah,"
    "       l.from_balance_rupiah, l.to_balance_rupiah, l.recipients, l.application_id::text,"
    "       l.document, l.posted_at, l.month"
    "  FROM ledger l"
    " WHERE l.budget_id = $1::text::uuid AND l.number > $2::bigint"
    " ORDER BY l.number LIMIT $3::bigint";

// Each account by the entries of its own, so that nothing of the budget's row is taken for true.
const std::string kRecountSql =
    kSelect +
    ",     coalesce(e.available, 0)::bigint, coalesce(e.reserved, 0)::bigint,"
    "      coalesce(e.disbursed, 0)::bigint, coalesce(e.returned, 0)::bigint,"
    "      coalesce(e.funding, 0)::bigint, coalesce(l.recipients, 0)::bigint, l.postings,"
    "      coalesce(l.last_number, 0)"
    "  FROM budgets b,"
    "       LATERAL (SELECT sum(rupiah) FILTER (WHERE account = 1) AS funding,"
    "                       sum(rupiah) FILTER (WHERE account = 2) AS available,"
    "                       sum(rupiah) FILTER (WHERE account = 3) AS reserved,"
    "                       sum(rupiah) FILTER (WHERE account = 4) AS disbursed,"
    "                       sum(rupiah) FILTER (WHERE account = 5) AS returned"
    "                  FROM ledger_entries WHERE budget_id = b.budget_id) e,"
    "       LATERAL (SELECT sum(recipients) AS recipients, count(*) AS postings,"
    "                       max(number) AS last_number"
    "                  FROM ledger WHERE budget_id = b.budget_id) l"
    " WHERE b.budget_id = $1::text::uuid";

Posting ToPosting(const Rows& rows, int i) {
    return {.budget_id = rows.Uuid(i, 0),
            .number = rows.Int64(i, 1),
            .kind = static_cast<PostingKind>(rows.Int64(i, 2)),
            .from = static_cast<Account>(rows.Int64(i, 3)),
            .to = static_cast<Account>(rows.Int64(i, 4)),
            .amount = rows.Int64(i, 5),
            .from_balance = rows.Int64(i, 6),
            .to_balance = rows.Int64(i, 7),
            .recipients = static_cast<int>(rows.Int64(i, 8)),
            .application_id = rows.Text(i, 9),
            .document = rows.Text(i, 10),
            .month = static_cast<int>(rows.Int64(i, 12)),
            .at = rows.Time(i, 11)};
}

}  // namespace

bool Recount::Matches() const {
    return balances == budget.balances && funding + balances.allocated() == 0 &&
           recipients == budget.recipients && postings == budget.postings &&
           last_number == budget.postings;
}

std::optional<Budget> LedgerQueries::Find(const Viewer& viewer,
                                          const std::string& budget_id) const {
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kFindSql, {budget_id});
    });
    if (rows.size() == 0) return std::nullopt;
    return ToBudget(rows, 0);
}

std::vector<Budget> LedgerQueries::List(const Viewer& viewer, const std::string& program_id,
                                        const std::string& after, std::int64_t limit) const {
    const std::string most = Int64(limit);
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kListSql, {program_id, after, most});
    });
    std::vector<Budget> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToBudget(rows, i));
    return found;
}

std::optional<Statement> LedgerQueries::StatementOf(const Viewer& viewer,
                                                    const std::string& budget_id,
                                                    std::int64_t after, std::int64_t limit) const {
    const std::string first = Int64(after), most = Int64(limit);
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> std::optional<Statement> {
        // Row-level security holds for the budget; its postings are as secret as it is.
        const Rows budgets = transaction.Run(kFindSql, {budget_id});
        if (budgets.size() == 0) return std::nullopt;
        Statement statement{.budget = ToBudget(budgets, 0), .postings = {}};
        const Rows rows = transaction.Run(kStatementSql, {budget_id, first, most});
        for (int i = 0; i < rows.size(); ++i) statement.postings.push_back(ToPosting(rows, i));
        return statement;
    });
}

std::optional<Recount> LedgerQueries::RecountOf(const Viewer& viewer,
                                                const std::string& budget_id) const {
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kRecountSql, {budget_id});
    });
    if (rows.size() == 0) return std::nullopt;
    const int first = kBudgetColumnCount;
    return Recount{.budget = ToBudget(rows, 0),
                   .balances = {.available = rows.Int64(0, first),
                                .reserved = rows.Int64(0, first + 1),
                                .disbursed = rows.Int64(0, first + 2),
                                .returned = rows.Int64(0, first + 3)},
                   .funding = rows.Int64(0, first + 4),
                   .recipients = rows.Int64(0, first + 5),
                   .postings = rows.Int64(0, first + 6),
                   .last_number = rows.Int64(0, first + 7)};
}

}  // namespace bangkit::aid
