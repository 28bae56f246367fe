#include <string>

#include "services/cli/verify/facts.h"

namespace bangkit::cli {
namespace {

/// A query that adds `value` up by region, kind and detail. `from`: a table, and what of it counts.
std::string Sum(int measure, const std::string& kind, const std::string& detail,
                const std::string& value, const std::string& from) {
    return "SELECT region_code, concat(' measure " + std::to_string(measure) + " of ', " + kind +
           ", ' in ', " + detail + ") AS what, sum(" + value + ")::bigint FROM " + from +
           " GROUP BY region_code, what";
}

std::string Count(int measure, const std::string& kind, const std::string& detail,
                  const std::string& from) {
    return Sum(measure, kind, detail, "1", from);
}

/// A query of how many took so many whole hours.
std::string Hours(int measure, const std::string& kind, const std::string& from,
                  const std::string& to, const std::string& table) {
    return Count(measure, kind,
                 "greatest(0, floor(extract(epoch FROM " + to + " - " + from + ") / 3600))::bigint",
                 table + " WHERE " + from + " IS NOT NULL AND " + to + " IS NOT NULL");
}

void AddGoods(Recount& recount, postgres::Connection& aid) {
    recount.Add(aid, Sum(1, "kind", "unit", "available + reserved", "stock"));
    recount.Add(aid, Sum(2, "kind", "unit", "reserved", "stock"));
    recount.Add(aid, Sum(3, "kind", "unit", "received", "stock"));
    recount.Add(aid, Sum(4, "kind", "unit", "handed_over", "stock"));
}

void AddLoans(Recount& recount, postgres::Connection& aid) {
    recount.Add(aid, Count(11, "instrument", "state", "loans"));
    recount.Add(aid, Sum(12, "instrument", "state", "principal_rupiah", "loans"));
    recount.Add(aid, Sum(13, "instrument", "0", "repaid_rupiah", "loans"));
    recount.Add(aid, Sum(14, "instrument", "0", "subsidy_rupiah", "loans"));
    recount.Add(aid, Sum(15, "instrument", "0", "subsidy_reserved_rupiah", "loans"));
    recount.Add(aid, Hours(101, "instrument", "requested_at", "granted_at", "loans"));
    recount.Add(aid, Count(21, "instrument", "state", "referrals"));
    recount.Add(aid, Count(22, "form", "state", "referrals WHERE instrument = 4"));
    recount.Add(aid, Count(23, "instrument", "0", "referrals WHERE is_silent"));
    recount.Add(aid, Count(24, "instrument", "0", "referrals WHERE escalated_at IS NOT NULL"));
    recount.Add(aid, Count(102, "instrument", "24 * greatest(0, answered_on - sent_on)",
                           "referrals WHERE answered_on IS NOT NULL"));
}

void AddNominees(Recount& recount, postgres::Connection& aid) {
    recount.Add(aid, Count(31, "scheme", "state", "nominees"));
    recount.Add(aid, Sum(32, "scheme", "state", "amount_rupiah", "nominees"));
    recount.Add(aid, Count(33, "scheme", "1", "nominees"));
    recount.Add(aid, Count(33, "scheme", "2", "nominees WHERE determined_at IS NOT NULL"));
    recount.Add(aid, Count(33, "scheme", "3", "nominees WHERE paid_at IS NOT NULL"));
    recount.Add(aid, Count(33, "scheme", "4", "nominees WHERE claimed_at IS NOT NULL"));
    recount.Add(aid, Count(34, "scheme", "reason[1]",
                           "nominees, regexp_matches(reasons, '[0-9]+', 'g') AS reason"));
    recount.Add(aid, Hours(103, "scheme", "nominated_at", "determined_at", "nominees"));
}

void AddSupervision(Recount& recount, postgres::Connection& aid) {
    recount.Add(aid, Count(41, "0", "state", "refund_cases"));
    recount.Add(aid, Sum(42, "0", "state", "claimed_rupiah", "refund_cases"));
    recount.Add(aid, Sum(43, "0", "state", "repaid_rupiah", "refund_cases"));
    recount.Add(aid, Count(44, "0", "0", "refund_cases WHERE is_overdue"));
    recount.Add(aid, Count(51, "0", "state", "visits"));
    recount.Add(aid, Count(52, "0", "outcome", "visits WHERE state = 2"));
    recount.Add(aid, Count(53, "0", "0", "visits WHERE is_overdue"));
}

void AddGrievances(Recount& recount, postgres::Connection& aid) {
    recount.Add(aid, Count(61, "coalesce(class, 0)", "state", "grievances"));
    recount.Add(aid, Count(62, "service", "0", "grievances WHERE state <= 2"));
    recount.Add(aid, Count(63, "coalesce(class, 0)", "0", "grievances WHERE is_overdue"));
    recount.Add(aid,
                Count(64, "coalesce(class, 0)", "0", "grievances WHERE escalated_at IS NOT NULL"));
    recount.Add(aid,
                Hours(104, "coalesce(class, 0)", "filed_at", "first_answered_at", "grievances"));
    recount.Add(aid, Hours(105, "coalesce(class, 0)", "filed_at", "resolved_at", "grievances"));
}

}  // namespace

// The numbers of measures, kinds and details are those of dashboards.
Finding CheckMeasures(System& system) {
    postgres::Connection& aid = system.Database("aid");
    Recount recount;
    AddGoods(recount, aid);
    AddLoans(recount, aid);
    AddNominees(recount, aid);
    AddSupervision(recount, aid);
    AddGrievances(recount, aid);
    return Compare(
        recount.ToFacts(),
        ReadFacts(system.Database("dashboard"),
                  "SELECT concat(region_code, ' measure ', measure, ' of ', kind, ' in ',"
                  "              detail), sum(change)::text FROM measure_sums"
                  " GROUP BY region_code, measure, kind, detail"
                  " HAVING sum(change) <> 0"),
        "measures");
}

}  // namespace bangkit::cli
