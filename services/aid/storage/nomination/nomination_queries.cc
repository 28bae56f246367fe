#include "services/aid/storage/nomination/nomination_queries.h"

#include "services/aid/storage/nomination/nominations.h"

namespace bangkit::aid {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

const std::string kFindSql = "SELECT " + std::string(kNominationBatchColumns) +
                             " FROM nomination_batches b WHERE b.batch_id = $1::text::uuid";

const std::string kListSql = "SELECT " + std::string(kNominationBatchColumns) +
                             "  FROM nomination_batches b"
                             " WHERE b.program_id = $1::text::uuid AND b.batch_id < $2::text::uuid"
                             " ORDER BY b.batch_id DESC LIMIT $3::bigint";

const std::string kNomineesSql = "SELECT " + std::string(kNomineeColumns) +
                                 "  FROM nominees n"
                                 " WHERE n.batch_id = $1::text::uuid AND n.number > $2::bigint"
                                 "   AND ($3::bigint = 0 OR n.state = $3::bigint)"
                                 " ORDER BY n.number LIMIT $4::bigint";

// Of one list, or of a programme in a region.
constexpr std::string_view kOfBatch = "n.batch_id = $1::text::uuid";
constexpr std::string_view kOfProgram =
    "n.program_id = $1::text::uuid"
    " AND ($2::text = '' OR n.region_code >= $2::text AND n.region_code < $2::text || '/')";

std::string StatesSql(std::string_view condition) {
    return "SELECT n.state, count(*), count(n.determined_at), count(n.paid_at),"
           "       count(n.claimed_at),"
           "       coalesce(sum(n.amount_rupiah) FILTER (WHERE n.determined_at IS NOT NULL),"
           "                0)::bigint"
           "  FROM nominees n WHERE " +
           std::string(condition) + " GROUP BY n.state";
}
std::string ReasonsSql(std::string_view condition) {
    return "SELECT reason::bigint, count(*)"
           "  FROM nominees n"
           " CROSS JOIN LATERAL unnest(string_to_array(n.ever_reasons, ' ')) AS reason"
           " WHERE n.ever_reasons <> '' AND " +
           std::string(condition) + " GROUP BY reason";
}

NominationFunnel ToFunnel(const Rows& states, const Rows& reasons) {
    NominationFunnel funnel;
    for (int i = 0; i < states.size(); ++i) {
        const std::int64_t nominees = states.Int64(i, 1);
        funnel.now[static_cast<NomineeState>(states.Int64(i, 0))] = nominees;
        funnel.nominated += nominees;
        funnel.determined += states.Int64(i, 2);
        funnel.paid += states.Int64(i, 3);
        funnel.claimed += states.Int64(i, 4);
        funnel.determined_rupiah += states.Int64(i, 5);
    }
    for (int i = 0; i < reasons.size(); ++i) {
        funnel.reasons[static_cast<RejectionReason>(reasons.Int64(i, 0))] = reasons.Int64(i, 1);
    }
    return funnel;
}

constexpr std::string_view kBehindAll = "ffffffff-ffff-ffff-ffff-ffffffffffff";

}  // namespace

std::optional<CountedNomination> NominationQueries::Find(const Viewer& viewer,
                                                         const std::string& batch_id) const {
    static const std::string states_sql = StatesSql(kOfBatch), reasons_sql = ReasonsSql(kOfBatch);
    using Found = std::optional<CountedNomination>;
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> Found {
        const Rows batches = transaction.Run(kFindSql, {batch_id});
        if (batches.size() == 0) return std::nullopt;
        const Rows states = transaction.Run(states_sql, {batch_id});
        return CountedNomination{
            .batch = ToNominationBatch(batches, 0),
            .funnel = ToFunnel(states, transaction.Run(reasons_sql, {batch_id}))};
    });
}

std::vector<NominationBatch> NominationQueries::List(const Viewer& viewer,
                                                     const std::string& program_id,
                                                     const std::string& before,
                                                     std::int64_t limit) const {
    const std::string first = before.empty() ? std::string(kBehindAll) : before;
    const std::string most = Int64(limit);
    const Rows rows = ReadAs(pool_, viewer, [&](Transaction& transaction) {
        return transaction.Run(kListSql, {program_id, first, most});
    });
    std::vector<NominationBatch> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToNominationBatch(rows, i));
    return found;
}

std::optional<std::vector<Nominee>> NominationQueries::Nominees(const Viewer& viewer,
                                                                const std::string& batch_id,
                                                                std::optional<NomineeState> state,
                                                                std::int64_t after,
                                                                std::int64_t limit) const {
    const std::string first = Int64(after), most = Int64(limit);
    const std::string only = Int64(state ? static_cast<std::int64_t>(*state) : 0);
    using Found = std::optional<std::vector<Nominee>>;
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> Found {
        if (transaction.Run(kFindSql, {batch_id}).size() == 0) return std::nullopt;
        const Rows rows = transaction.Run(kNomineesSql, {batch_id, first, only, most});
        std::vector<Nominee> nominees;
        for (int i = 0; i < rows.size(); ++i) nominees.push_back(ToNominee(rows, i));
        return nominees;
    });
}

NominationFunnel NominationQueries::Funnel(const Viewer& viewer, const std::string& program_id,
                                           const std::string& region_code) const {
    static const std::string states_sql = StatesSql(kOfProgram),
                             reasons_sql = ReasonsSql(kOfProgram);
    return ReadAs(pool_, viewer, [&](Transaction& transaction) {
        const Rows states = transaction.Run(states_sql, {program_id, region_code});
        return ToFunnel(states, transaction.Run(reasons_sql, {program_id, region_code}));
    });
}

}  // namespace bangkit::aid
