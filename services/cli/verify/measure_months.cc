#include <string>

#include "services/cli/verify/facts.h"

namespace bangkit::cli {
namespace {

/// A query that adds `value` up by region and by the month of `time`, of a measure that dashboards
/// show by month. `from`: where `time` is known.
std::string Sum(const std::string& measure, const std::string& value, const std::string& time,
                const std::string& from) {
    return "SELECT region_code, concat(" + MonthOf(time) + ", ' measure " + measure +
           "') AS what, sum(" + value + ")::bigint FROM " + from + " GROUP BY region_code, what";
}

std::string Count(const std::string& measure, const std::string& time, const std::string& from) {
    return Sum(measure, "1", time, from);
}

void AddLoans(Recount& recount, postgres::Connection& aid) {
    recount.Add(aid, Count("11", "granted_at", "loans"));
    recount.Add(aid, Sum("13", "amount_rupiah", "recorded_at",
                         "loan_instalments JOIN loans USING (loan_id)"));
    recount.Add(aid, Sum("14", "s.subsidy_rupiah", "accrued_at",
                         "loan_subsidies s JOIN loans USING (loan_id)"));
    recount.Add(aid, Count("21", "created_at", "referrals"));
    recount.Add(aid, Count("102", "recorded_at",
                           "referral_history h JOIN referrals USING (referral_id)"
                           " WHERE h.state IN (2, 3)"));
}

void AddNominees(Recount& recount, postgres::Connection& aid) {
    recount.Add(aid, Count("33 in 1", "nominated_at", "nominees"));
    recount.Add(aid, Count("33 in 2", "determined_at", "nominees WHERE determined_at IS NOT NULL"));
    recount.Add(aid, Count("33 in 3", "paid_at", "nominees WHERE paid_at IS NOT NULL"));
    recount.Add(aid, Count("33 in 4", "claimed_at", "nominees WHERE claimed_at IS NOT NULL"));
}

/// By how much something that is true or not changes with each step of a grievance.
std::string Changes(const std::string& is_true, const std::string& steps = "true") {
    return "(SELECT region_code, recorded_at, is_true - lag(is_true, 1, 0)"
           "                                            OVER (PARTITION BY grievance_id"
           "                                                      ORDER BY version) AS by"
           "   FROM (SELECT grievance_id, h.version, region_code, recorded_at, (" +
           is_true +
           ")::integer AS is_true"
           "           FROM grievance_history h JOIN grievances USING (grievance_id)"
           "          WHERE " +
           steps + ") AS steps) AS changes";
}

void AddGrievances(Recount& recount, postgres::Connection& aid) {
    const std::string steps =
        "grievance_history h JOIN grievances USING (grievance_id) WHERE h.kind = ";
    recount.Add(aid, Count("61", "recorded_at", steps + "1"));
    recount.Add(aid, Count("64", "recorded_at", steps + "5"));
    recount.Add(aid, Count("104", "recorded_at", steps + "2"));
    recount.Add(aid, Sum("62", "by", "recorded_at", Changes("h.state <= 2")));
    // Whether it is late, neither a reopening (7) nor an evaluation (9) changes.
    recount.Add(
        aid, Sum("63", "by", "recorded_at", Changes("h.kind IN (5, 6)", "h.kind NOT IN (7, 9)")));
}

}  // namespace

// Of what dashboards show by month, from what aid has recorded of each step.
Finding CheckMeasureMonths(System& system) {
    postgres::Connection& aid = system.Database("aid");
    Recount recount;
    AddLoans(recount, aid);
    AddNominees(recount, aid);
    recount.Add(aid, Sum("43", "amount_rupiah", "recorded_at",
                         "repayments JOIN refund_cases USING (refund_id)"));
    AddGrievances(recount, aid);
    return Compare(
        recount.ToFacts(),
        ReadFacts(system.Database("dashboard"),
                  "SELECT concat(region_code, to_char(month, ' YYYY-MM'), ' measure ', measure,"
                  "              CASE WHEN measure = 33 THEN concat(' in ', detail) END) AS what,"
                  "       sum(change)::text FROM measure_sums"
                  " WHERE measure IN (11, 13, 14, 21, 33, 43, 61, 62, 63, 64, 102, 104)"
                  " GROUP BY what HAVING sum(change) <> 0"),
        "measures of months");
}

}  // namespace bangkit::cli
