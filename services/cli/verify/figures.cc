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
        "SELECT business_id::text, concat_ws(' ', region_code, kind, scale, condition) FROM ";
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

Finding CheckMonths(System& system) {
    return Compare(
        RecountRegistry(system,
                        "SELECT region_code, to_char(registered_at AT TIME ZONE 'Asia/Jakarta',"
                        "                            ' YYYY-MM \"registered\"') AS what, count(*)"
                        "  FROM businesses GROUP BY region_code, what"
                        " UNION ALL "
                        "SELECT region_code, to_char(recorded_at AT TIME ZONE 'Asia/Jakarta',"
                        "                            ' YYYY-MM \"upgraded\"') AS what, count(*)"
                        "  FROM scale_history JOIN businesses USING (business_id)"
                        " WHERE is_upgrade GROUP BY region_code, what"),
        ReadFacts(system.dashboard(),
                  "SELECT concat(region_code, to_char(month, ' YYYY-MM \"registered\"')),"
                  "       registered::text FROM month_flows WHERE registered <> 0"
                  " UNION ALL "
                  "SELECT concat(region_code, to_char(month, ' YYYY-MM \"upgraded\"')),"
                  "       upgraded::text FROM month_flows WHERE upgraded <> 0"),
        "figures");
}

}  // namespace bangkit::cli
