#include "services/dashboard/storage/dirty.h"

namespace bangkit::dashboard {

std::vector<std::string> ReadDirty(postgres::Connection& connection) {
    const postgres::Rows rows = connection.Run(
        "SELECT region_code FROM dirty_dashboards"
        " ORDER BY region_code <> 'ID', length(region_code), region_code");
    std::vector<std::string> codes;
    for (int i = 0; i < rows.size(); ++i) codes.push_back(rows.Text(i, 0));
    return codes;
}

void ClearDirty(postgres::Connection& connection, std::span<const RegionFigures> rendered) {
    postgres::TextArray codes;
    postgres::Int64Array versions;
    for (const RegionFigures& region : rendered) {
        codes.Add(region.region_code);
        versions.Add(region.version);
    }
    // A mark that a projector holds is about to be raised and stays: nobody waits for anybody here.
    connection.Run(
        "DELETE FROM dirty_dashboards WHERE region_code IN ("
        "  SELECT region_code FROM dirty_dashboards"
        "    JOIN unnest($1::text[], $2::bigint[]) AS u (code, rendered) ON region_code = u.code"
        "   WHERE version <= u.rendered FOR UPDATE OF dirty_dashboards SKIP LOCKED)",
        {codes, versions});
}

void MarkAllDirty(postgres::Connection& connection) {
    connection.Run(
        "INSERT INTO dirty_dashboards (region_code, version)"
        " SELECT region_code, version FROM dashboards ORDER BY region_code"
        " ON CONFLICT (region_code) DO NOTHING");
}

}  // namespace bangkit::dashboard
