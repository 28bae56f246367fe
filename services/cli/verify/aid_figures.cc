#include "bangkit/aid/v1/application.pb.h"
#include "services/cli/verify/facts.h"

namespace bangkit::cli {
namespace {

/// A query of how many applications took a step in a month, and how many whole hours after they
/// were first submitted. `time`: of the step.
std::string Steps(int step, const std::string& time, const std::string& from) {
    return "SELECT region_code,"
           "       concat(" +
           MonthOf(time) + ", ' step " + std::to_string(step) +
           " after ', greatest(0, floor(extract(epoch FROM " + time +
           " - submitted_at) / 3600))::bigint) AS what, count(*)"
           "  FROM " +
           from + " WHERE " + time + " IS NOT NULL GROUP BY region_code, what";
}

}  // namespace

Finding CheckAidStates(System& system) {
    return Compare(
        ReadFacts(system.Database("aid"),
                  "SELECT concat('program/', program_id),"
                  "       concat_ws(' ', region_code, instrument, state) FROM programs"
                  " UNION ALL "
                  "SELECT concat('budget/', budget_id),"
                  "       concat_ws(' ', region_code, available_rupiah + reserved_rupiah"
                  "                                   + disbursed_rupiah + returned_rupiah)"
                  "  FROM budgets"
                  " UNION ALL "
                  "SELECT concat('application/', application_id),"
                  "       concat_ws(' ', region_code, state, amount_rupiah) FROM applications"),
        ReadFacts(system.Database("dashboard"),
                  "SELECT concat('program/', program_id),"
                  "       concat_ws(' ', region_code, instrument, state) FROM program_states"
                  " UNION ALL "
                  "SELECT concat('budget/', budget_id),"
                  "       concat_ws(' ', region_code, allocated_rupiah) FROM budget_states"
                  " UNION ALL "
                  "SELECT concat('application/', application_id),"
                  "       concat_ws(' ', region_code, state, amount_rupiah)"
                  "  FROM application_states"),
        "programmes, budgets and applications");
}

// The money of a budget is where it was allocated; as soon as it is reserved, it is where the
// applicant is.
Finding CheckAidCounts(System& system) {
    return Compare(
        Recounted(system.Database("aid"),
                  "SELECT region_code, concat(' programmes ', instrument, ' in ', state), count(*)"
                  "  FROM programs GROUP BY region_code, instrument, state"
                  " UNION ALL "
                  "SELECT region_code, concat(' applications in ', state), count(*)"
                  "  FROM applications GROUP BY region_code, state"
                  " UNION ALL "
                  "SELECT region_code, concat(' rupiah in ', state), sum(amount_rupiah)::bigint"
                  "  FROM applications GROUP BY region_code, state"),
        ReadFacts(system.Database("dashboard"),
                  "SELECT concat(region_code, ' programmes ', instrument, ' in ', state),"
                  "       sum(change)::text"
                  "  FROM program_counts GROUP BY region_code, instrument, state"
                  " HAVING sum(change) <> 0"
                  " UNION ALL "
                  "SELECT concat(region_code, ' applications in ', state), sum(change)::text"
                  "  FROM application_counts GROUP BY region_code, state HAVING sum(change) <> 0"
                  " UNION ALL "
                  "SELECT concat(region_code, ' rupiah in ', state), sum(change_rupiah)::text"
                  "  FROM application_counts GROUP BY region_code, state"
                  " HAVING sum(change_rupiah) <> 0"),
        "counts");
}

// From the ledger what was allocated, from the history of applications what became of them.
Finding CheckAidMonths(System& system) {
    Recount recount;
    postgres::Connection& aid = system.Database("aid");
    recount.Add(aid, "SELECT region_code, concat(" + MonthOf("posted_at") +
                         ", ' allocated'),"
                         "       sum(CASE WHEN to_account = 2 THEN amount_rupiah"
                         "                ELSE -amount_rupiah END)::bigint"
                         "  FROM ledger JOIN budgets USING (budget_id) WHERE kind <= 2"
                         " GROUP BY 1, 2");
    recount.Add(aid,
                "WITH steps AS (SELECT application_id, state, recorded_at,"
                "                      lag(state) OVER (PARTITION BY application_id"
                "                                           ORDER BY version) AS before"
                "                 FROM application_history)"
                " SELECT region_code, concat(" +
                    MonthOf("recorded_at") +
                    ", ' in ', changed.state), sum(by)::bigint"
                    "   FROM (SELECT application_id, state, recorded_at, 1 AS by FROM steps"
                    "          UNION ALL"
                    "         SELECT application_id, before, recorded_at, -1 FROM steps"
                    "          WHERE before IS NOT NULL) AS changed"
                    "   JOIN applications USING (application_id)"
                    "  GROUP BY 1, 2");
    recount.Add(aid, Steps(1, "submitted_at", "applications"));
    recount.Add(aid, Steps(2, "approved_at", "applications"));
    recount.Add(aid, Steps(3, "paid_at",
                           "(SELECT region_code, submitted_at, recorded_at AS paid_at"
                           "   FROM applications JOIN application_history h USING (application_id)"
                           "  WHERE h.state = 7) AS paid"));
    return Compare(
        recount.ToFacts(),
        ReadFacts(system.Database("dashboard"),
                  "SELECT concat(region_code, to_char(month, ' YYYY-MM'), ' allocated'),"
                  "       change_rupiah::text"
                  "  FROM allocation_sums WHERE change_rupiah <> 0"
                  " UNION ALL "
                  "SELECT concat(region_code, to_char(month, ' YYYY-MM'), ' in ', state),"
                  "       change::text FROM application_counts WHERE change <> 0"
                  " UNION ALL "
                  "SELECT concat(region_code, to_char(month, ' YYYY-MM'), ' step ', step,"
                  "              ' after ', hours), applications::text"
                  "  FROM application_steps"),
        "figures");
}

Finding CheckRejections(System& system) {
    const postgres::Rows rows = system.Database("aid").Run(
        "SELECT a.region_code, " + MonthOf("h.recorded_at") +
        ", a.details"
        "  FROM applications a JOIN application_history h USING (application_id)"
        " WHERE h.state = 11 AND a.state = 11");
    Recount recount;
    for (int i = 0; i < rows.size(); ++i) {
        aid::v1::Application details;
        const std::string_view bytes = rows.Bytes(i, 2);
        if (!details.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) continue;
        for (const int reason : details.rejection_reasons()) {
            recount.Add(rows.Bytes(i, 0), rows.Text(i, 1) + " reason " + std::to_string(reason), 1);
        }
    }
    return Compare(recount.ToFacts(),
                   ReadFacts(system.Database("dashboard"),
                             "SELECT concat(region_code, to_char(month, ' YYYY-MM'), ' reason ',"
                             "              reason), applications::text FROM rejection_counts"),
                   "counts");
}

}  // namespace bangkit::cli
