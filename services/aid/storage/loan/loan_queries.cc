#include "services/aid/storage/loan/loan_queries.h"

#include <string_view>

#include "services/aid/storage/loan/loans.h"

namespace bangkit::aid {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

const std::string kFindSql =
    "SELECT " + std::string(kLoanColumns) + " FROM loans l WHERE l.loan_id = $1::text::uuid";

// Each list goes along an index: of its programme, or of all.
std::string ListSql(std::string_view of_what) {
    return "SELECT " + std::string(kLoanColumns) +
           "  FROM loans l"
           " WHERE l.loan_id > $1::text::uuid AND " +
           std::string(of_what) +
           "   AND ($3::text = '' OR (l.region_code >= $3::text COLLATE \"C\""
           "                      AND l.region_code < ($3::text || '/') COLLATE \"C\"))"
           "   AND ($4::bigint = 0 OR l.state = $4)"
           " ORDER BY l.loan_id LIMIT $5::bigint";  // '/' follows '.'.
}
const std::string kListOfProgramSql = ListSql("l.program_id = $2::text::uuid");
const std::string kListSql = ListSql("$2::text = ''");

constexpr std::string_view kInstalmentsSql =
    "SELECT reference, paid_on, amount_rupiah, version, recorded_at FROM loan_instalments"
    " WHERE loan_id = $1::text::uuid AND version > $2::bigint"
    " ORDER BY version LIMIT $3::bigint";

constexpr std::string_view kMonthsSql =
    "SELECT month, starts_on, ends_on, base_rupiah, subsidy_rupiah, accrued_at"
    "  FROM loan_subsidies WHERE loan_id = $1::text::uuid ORDER BY month";

}  // namespace

std::optional<Loan> LoanQueries::Find(const Viewer& viewer, const std::string& loan_id) const {
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kFindSql, {loan_id});
    });
    if (rows.size() == 0) return std::nullopt;
    return ToLoan(rows, 0);
}

std::vector<Loan> LoanQueries::List(const Viewer& viewer, const LoanFilter& filter,
                                    const std::string& after, std::int64_t limit) const {
    const std::string state = Int64(filter.state ? static_cast<std::int64_t>(*filter.state) : 0);
    const std::string most = Int64(limit);
    const std::string& sql = filter.program_id.empty() ? kListSql : kListOfProgramSql;
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(sql, {after, filter.program_id, filter.region_code, state, most});
    });
    std::vector<Loan> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToLoan(rows, i));
    return found;
}

std::optional<std::vector<KeptInstalment>> LoanQueries::Instalments(const Viewer& viewer,
                                                                    const std::string& loan_id,
                                                                    std::int64_t after,
                                                                    std::int64_t limit) const {
    using Found = std::optional<std::vector<KeptInstalment>>;
    const std::string first = Int64(after), most = Int64(limit);
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> Found {
        // Row-level security holds for the loan; what is written down of it is as secret as it is.
        if (transaction.Run(kFindSql, {loan_id}).size() == 0) return std::nullopt;
        const Rows rows = transaction.Run(kInstalmentsSql, {loan_id, first, most});
        std::vector<KeptInstalment> found;
        for (int i = 0; i < rows.size(); ++i) {
            found.push_back({.paid = {.reference = rows.Text(i, 0),
                                      .paid_on = rows.Date(i, 1),
                                      .amount = rows.Int64(i, 2)},
                             .version = rows.Int64(i, 3),
                             .recorded_at = rows.Time(i, 4)});
        }
        return found;
    });
}

std::optional<std::vector<SubsidyMonth>> LoanQueries::Months(const Viewer& viewer,
                                                             const std::string& loan_id) const {
    using Found = std::optional<std::vector<SubsidyMonth>>;
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> Found {
        if (transaction.Run(kFindSql, {loan_id}).size() == 0) return std::nullopt;
        const Rows rows = transaction.Run(kMonthsSql, {loan_id});
        std::vector<SubsidyMonth> found;
        for (int i = 0; i < rows.size(); ++i) {
            found.push_back({.month = static_cast<int>(rows.Int64(i, 0)),
                             .starts_on = rows.Date(i, 1),
                             .ends_on = rows.Date(i, 2),
                             .base = rows.Int64(i, 3),
                             .subsidy = rows.Int64(i, 4),
                             .accrued_at = rows.Time(i, 5)});
        }
        return found;
    });
}

}  // namespace bangkit::aid
