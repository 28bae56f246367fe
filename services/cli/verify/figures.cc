#include "services/cli/verify/facts.h"

namespace bangkit::cli {
namespace {

/// What a mark of dashboards (BusinessMark) is in the registry.
struct Mark {
    int number;
    std::string_view condition;
};
constexpr Mark kMarks[] = {{1, "order_and_deliver"},
                           {2, "network_coverage > 0"},
                           {3, "network_coverage = 1"},
                           {4, "cooperative_affiliation = 2"},
                           {5, "cooperative_affiliation = 2 AND has_deed"},
                           {6, "cooperative_affiliation = 3"},
                           {7, "is_sharia"}};

/// Bit n: mark n.
std::string MarkBits() {
    std::string bits = "0";
    for (const Mark& mark : kMarks) {
        bits +=
            " + (" + std::string(mark.condition) + ")::int * " + std::to_string(1 << mark.number);
    }
    return bits;
}

}  // namespace

Finding CheckStates(System& system) {
    const auto columns = [](const std::string& merged, const std::string& marks) {
        return "SELECT business_id::text, concat_ws(' ', region_code, kind, scale, condition,"
               "                                    verification, " +
               merged + ", " + marks + ")  FROM ";
    };
    return Compare(
        ReadFacts(system.Database("registration"),
                  columns("merged_into IS NOT NULL", MarkBits()) + "businesses"),
        ReadFacts(system.Database("dashboard"), columns("merged", "marks") + "business_states"),
        "businesses");
}

Finding CheckCounts(System& system) {
    return Compare(
        Recounted(system.Database("registration"),
                  "SELECT region_code, concat(' kind ', kind, ' scale ', scale,"
                  "                           ' condition ', condition), count(*)"
                  "  FROM businesses WHERE merged_into IS NULL"
                  " GROUP BY region_code, kind, scale, condition"),
        ReadFacts(system.Database("dashboard"),
                  "SELECT concat(region_code, ' kind ', kind, ' scale ', scale, ' condition ',"
                  "              condition), sum(change)::text"
                  "  FROM business_counts GROUP BY region_code, kind, scale, condition"
                  " HAVING sum(change) <> 0"),
        "counts");
}

Finding CheckVerified(System& system) {
    return Compare(
        Recounted(system.Database("registration"),
                  "SELECT region_code, concat(' level ', verification), count(*)"
                  "  FROM businesses WHERE verification > 1 AND merged_into IS NULL"
                  " GROUP BY region_code, verification"),
        ReadFacts(system.Database("dashboard"),
                  "SELECT concat(region_code, ' level ', level), sum(change)::text"
                  "  FROM verified_counts GROUP BY region_code, level HAVING sum(change) <> 0"),
        "counts");
}

Finding CheckNeeds(System& system) {
    return Compare(
        Recounted(system.Database("registration"),
                  "SELECT region_code, concat(' topic ', topic, ' status ', status), count(*)"
                  "  FROM needs GROUP BY region_code, topic, status"),
        ReadFacts(system.Database("dashboard"),
                  "SELECT concat(region_code, ' topic ', topic, ' status ', status),"
                  "       sum(change)::text"
                  "  FROM need_counts GROUP BY region_code, topic, status HAVING sum(change) <> 0"),
        "counts");
}

Finding CheckMarks(System& system) {
    std::string sql;
    for (const Mark& mark : kMarks) {
        sql += (sql.empty() ? "" : " UNION ALL ") + std::string("SELECT region_code, ' mark ") +
               std::to_string(mark.number) +
               "', count(*) FROM businesses WHERE merged_into IS NULL AND " +
               std::string(mark.condition) + " GROUP BY region_code";
    }
    return Compare(
        Recounted(system.Database("registration"), sql),
        ReadFacts(system.Database("dashboard"),
                  "SELECT concat(region_code, ' mark ', mark), sum(change)::text FROM mark_counts"
                  " GROUP BY region_code, mark HAVING sum(change) <> 0"),
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
        Recounted(system.Database("registration"), happened("registered", "h.version = 1") +
                                                       " UNION ALL " +
                                                       happened("upgraded", "h.is_upgrade")),
        ReadFacts(system.Database("dashboard"),
                  "SELECT concat(region_code, to_char(month, ' YYYY-MM \"registered\"')),"
                  "       registered::text FROM month_flows WHERE registered <> 0"
                  " UNION ALL "
                  "SELECT concat(region_code, to_char(month, ' YYYY-MM \"upgraded\"')),"
                  "       upgraded::text FROM month_flows WHERE upgraded <> 0"),
        "figures");
}

}  // namespace bangkit::cli
