#include "services/aid/storage/supervision/supervision_queries.h"

#include <stdexcept>
#include <string_view>

#include "services/aid/storage/business/owner_keys.h"
#include "services/aid/storage/supervision/refunds.h"
#include "services/aid/storage/supervision/visits.h"

namespace bangkit::aid {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

const std::string kVisitSql = "SELECT " + std::string(kVisitColumns) +
                              ", v.findings, k.wrapped_key"
                              "  FROM visits v LEFT JOIN owner_keys k ON k.owner_id = v.owner_id"
                              " WHERE v.visit_id = $1::text::uuid";

const std::string kCaseSql = "SELECT " + std::string(kRefundColumns) +
                             " FROM refund_cases r WHERE r.refund_id = $1::text::uuid";

constexpr std::string_view kRepaymentsSql =
    "SELECT receipt, amount_rupiah, recorded_at FROM repayments"
    " WHERE refund_id = $1::text::uuid ORDER BY recorded_at, receipt";

// `t`: how the table is called; each list goes along an index.
std::string ListSql(const std::string& columns, const std::string& t, const std::string& id,
                    std::string_view of_what) {
    return "SELECT " + columns + " WHERE " + t + "." + id + " > $1::text::uuid AND " +
           std::string(of_what) + "   AND ($3::text = '' OR (" + t +
           ".region_code >= $3::text COLLATE \"C\" AND " + t +
           ".region_code < ($3::text || '/') COLLATE \"C\"))"  // '/' follows '.'.
           "   AND ($4::bigint = 0 OR " +
           t + ".state = $4) ORDER BY " + t + "." + id + " LIMIT $5::bigint";
}
const std::string kVisitsFrom = std::string(kVisitColumns) + " FROM visits v";
const std::string kVisitsOfOneSql =
    ListSql(kVisitsFrom, "v", "visit_id", "v.application_id = $2::text::uuid");
const std::string kVisitsSql = ListSql(kVisitsFrom, "v", "visit_id", "$2::text = ''");
const std::string kCasesFrom = std::string(kRefundColumns) + " FROM refund_cases r";
const std::string kCasesOfOneSql =
    ListSql(kCasesFrom, "r", "refund_id", "r.application_id = $2::text::uuid");
const std::string kCasesSql = ListSql(kCasesFrom, "r", "refund_id", "$2::text = ''");

template <typename State>
Rows List(postgres::Pool& pool, const Viewer& viewer, const std::string& sql,
          const SupervisionFilter<State>& filter, const std::string& after, std::int64_t limit) {
    const std::string state = Int64(filter.state ? static_cast<std::int64_t>(*filter.state) : 0);
    const std::string most = Int64(limit);
    return ReadAs(pool, viewer, [&](Transaction& transaction) {
        return transaction.Run(sql,
                               {after, filter.application_id, filter.region_code, state, most});
    });
}

}  // namespace

std::optional<OpenedVisit> SupervisionQueries::FindVisit(const Viewer& viewer,
                                                         const std::string& visit_id) const {
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kVisitSql, {visit_id});
    });
    if (rows.size() == 0) return std::nullopt;
    OpenedVisit found{.visit = ToVisit(rows, 0), .findings = {}};
    const int findings = kVisitColumnCount, wrapped_key = findings + 1;
    if (rows.Bytes(0, findings).empty() || rows.IsNull(0, wrapped_key)) return found;
    const Result<crypto::Key> key =
        OpenOwnerKey(keys_, found.visit.owner_id, rows.Bytes(0, wrapped_key));
    if (!key) throw std::runtime_error("the key of an owner: " + key.error().reason);
    Result<std::string> opened = OpenVisitFindings(*key, visit_id, rows.Bytes(0, findings));
    if (!opened) throw std::runtime_error("findings of a visit: " + opened.error().reason);
    found.findings = *std::move(opened);
    return found;
}

std::vector<Visit> SupervisionQueries::Visits(const Viewer& viewer, const VisitFilter& filter,
                                              const std::string& after, std::int64_t limit) const {
    const std::string& sql = filter.application_id.empty() ? kVisitsSql : kVisitsOfOneSql;
    const Rows rows = List(pool_, viewer, sql, filter, after, limit);
    std::vector<Visit> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToVisit(rows, i));
    return found;
}

std::optional<CaseWithRepayments> SupervisionQueries::FindCase(const Viewer& viewer,
                                                               const std::string& refund_id) const {
    using Found = std::optional<CaseWithRepayments>;
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> Found {
        // Row-level security holds for the case; its repayments are as secret as it is.
        const Rows cases = transaction.Run(kCaseSql, {refund_id});
        if (cases.size() == 0) return std::nullopt;
        CaseWithRepayments found{.refund = ToRefundCase(cases, 0), .repayments = {}};
        const Rows rows = transaction.Run(kRepaymentsSql, {refund_id});
        for (int i = 0; i < rows.size(); ++i) {
            found.repayments.push_back(
                {.repayment = {.amount = rows.Int64(i, 1), .receipt = rows.Text(i, 0)},
                 .at = rows.Time(i, 2)});
        }
        return found;
    });
}

std::vector<RefundCase> SupervisionQueries::Cases(const Viewer& viewer, const RefundFilter& filter,
                                                  const std::string& after,
                                                  std::int64_t limit) const {
    const std::string& sql = filter.application_id.empty() ? kCasesSql : kCasesOfOneSql;
    const Rows rows = List(pool_, viewer, sql, filter, after, limit);
    std::vector<RefundCase> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToRefundCase(rows, i));
    return found;
}

}  // namespace bangkit::aid
