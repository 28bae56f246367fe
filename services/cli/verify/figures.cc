#include <map>

#include "libs/indonesia/regions.h"
#include "services/cli/verify/facts.h"

namespace bangkit::cli {
namespace {

/// Adds what is counted in a region to all the regions around it, as dashboards do.
class Recount {
public:
    void Add(std::string_view region_code, const std::string& what, std::int64_t count) {
        for (auto code = region_code; !code.empty(); code = indonesia::ParentOf(code)) {
            counts_[std::string(code) + what] += count;
        }
    }
    Facts ToFacts() const {
        Facts facts;
        for (const auto& [key, count] : counts_) facts.emplace(key, std::to_string(count));
        return facts;
    }

private:
    std::map<std::string, std::int64_t> counts_;
};

/// `sql` returns region, what and count.
Facts RecountRegistry(System& system, const std::string& sql) {
    const postgres::Rows rows = system.registration().Run(sql);
    Recount recount;
    for (int i = 0; i < rows.size(); ++i) {
        recount.Add(rows.Bytes(i, 0), rows.Text(i, 1), rows.Int64(i, 2));
    }
    return recount.ToFacts();
}

}  // namespace

Finding CheckAppliedVersions(System& system) {
    return Compare(
        ReadFacts(system.registration(), "SELECT business_id::text, version::text FROM businesses"),
        ReadFacts(system.dashboard(),
                  "SELECT aggregate_id::text, last_version::text FROM inbox_versions"
                  " WHERE topic = 'bangkit.registration.v1'"
                  "   AND aggregate_type = 'business' AND last_version > 0"),
        "versions");
}

Finding CheckStates(System& system) {
    const std::string columns =
        "SELECT business_id::text, concat_ws(' ', region_code, kind, scale, condition, "
        "verification)"
        "  FROM ";
    return Compare(ReadFacts(system.registration(), columns + "businesses"),
                   ReadFacts(system.dashboard(), columns + "business_states"), "businesses");
}

Finding CheckCounts(System& system) {
    return Compare(
        RecountRegistry(system,
                        "SELECT region_code, concat(' kind ', kind, ' scale ', scale,"
                        "                           ' condition ', condition), count(*)"
                        "  FROM businesses GROUP BY region_code, kind, scale, condition"),
        ReadFacts(system.dashboard(),
                  "SELECT concat(region_code, ' kind ', kind, ' scale ', scale, ' condition ',"
                  "              condition), sum(change)::text"
                  "  FROM business_counts GROUP BY region_code, kind, scale, condition"
                  " HAVING sum(change) <> 0"),
        "counts");
}

Finding CheckVerified(System& system) {
    return Compare(
        RecountRegistry(system,
                        "SELECT region_code, concat(' level ', verification), count(*)"
                        "  FROM businesses WHERE verification > 1"
                        " GROUP BY region_code, verification"),
        ReadFacts(system.dashboard(),
                  "SELECT concat(region_code, ' level ', level), sum(change)::text"
                  "  FROM verified_counts GROUP BY region_code, level HAVING sum(change) <> 0"),
        "counts");
}

// What has happened stays where it happened, wherever the business has moved since.
Finding CheckMonths(System& system) {
    const auto happened = [](const std::string& what, const std::string& where) {
        return "SELECT coalesce((SELECT d.region_before FROM detail_changes d"
               "                  WHERE d.business_id = h.business_id AND d.version > h.version"
               "                    AND d.region_before IS NOT NULL ORDER BY d.version LIMIT 1),"
               "                b.region_code) AS place,"
               "       to_char(h.recorded_at AT TIME ZONE 'Asia/Jakarta', ' YYYY-MM \"" +
               what +
               "\"') AS what, count(*)"
               "  FROM scale_history h JOIN businesses b USING (business_id)"
               " WHERE " +
               where + " GROUP BY place, what";
    };
    return Compare(
        RecountRegistry(system, happened("registered", "h.version = 1") + " UNION ALL " +
                                    happened("upgraded", "h.is_upgrade")),
        ReadFacts(system.dashboard(),
                  "SELECT concat(region_code, to_char(month, ' YYYY-MM \"registered\"')),"
                  "       registered::text FROM month_flows WHERE registered <> 0"
                  " UNION ALL "
                  "SELECT concat(region_code, to_char(month, ' YYYY-MM \"upgraded\"')),"
                  "       upgraded::text FROM month_flows WHERE upgraded <> 0"),
        "figures");
}

}  // namespace bangkit::cli
