#include "services/aid/storage/referral/referral_queries.h"

#include <string_view>

#include "services/aid/storage/referral/agreements.h"
#include "services/aid/storage/referral/referrals.h"

namespace bangkit::aid {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

const std::string kFindSql = "SELECT " + std::string(kReferralColumns) +
                             " FROM referrals r WHERE r.referral_id = $1::text::uuid";

// Each list goes along an index: of its agreement, of its programme, or of all.
std::string ListSql(std::string_view of_what) {
    return "SELECT " + std::string(kReferralColumns) +
           "  FROM referrals r"
           " WHERE r.referral_id > $1::text::uuid AND " +
           std::string(of_what) +
           "   AND ($4::text = '' OR (r.region_code >= $4::text COLLATE \"C\""
           "                      AND r.region_code < ($4::text || '/') COLLATE \"C\"))"
           "   AND ($5::bigint = 0 OR r.state = $5) AND ($6::bigint = 0 OR r.is_silent)"
           " ORDER BY r.referral_id LIMIT $7::bigint";  // '/' follows '.'.
}
const std::string kListOfAgreementSql =
    ListSql("r.agreement_id = $2::text::uuid AND ($3::text = '' OR r.program_id::text = $3::text)");
const std::string kListOfProgramSql = ListSql("r.program_id = $3::text::uuid AND $2::text = ''");
const std::string kListSql = ListSql("$2::text = '' AND $3::text = ''");

const std::string kAgreementsSql = "SELECT " + std::string(kAgreementColumns) +
                                   "  FROM agreements g"
                                   " WHERE g.program_id = $1::text::uuid"
                                   "   AND g.agreement_id > $2::text::uuid"
                                   " ORDER BY g.agreement_id LIMIT $3::bigint";

}  // namespace

std::optional<Referral> ReferralQueries::Find(const Viewer& viewer,
                                              const std::string& referral_id) const {
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kFindSql, {referral_id});
    });
    if (rows.size() == 0) return std::nullopt;
    return ToReferral(rows, 0);
}

std::vector<Referral> ReferralQueries::List(const Viewer& viewer, const ReferralFilter& filter,
                                            const std::string& after, std::int64_t limit) const {
    const std::string state = Int64(filter.state ? static_cast<std::int64_t>(*filter.state) : 0);
    const std::string silent = Int64(filter.only_silent ? 1 : 0), most = Int64(limit);
    const std::string& sql = !filter.agreement_id.empty() ? kListOfAgreementSql
                             : !filter.program_id.empty() ? kListOfProgramSql
                                                          : kListSql;
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(sql, {after, filter.agreement_id, filter.program_id,
                                     filter.region_code, state, silent, most});
    });
    std::vector<Referral> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToReferral(rows, i));
    return found;
}

std::vector<Agreement> ReferralQueries::ListAgreements(const Viewer& viewer,
                                                       const std::string& program_id,
                                                       const std::string& after,
                                                       std::int64_t limit) const {
    const std::string most = Int64(limit);
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kAgreementsSql, {program_id, after, most});
    });
    std::vector<Agreement> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToAgreement(rows, i));
    return found;
}

}  // namespace bangkit::aid
