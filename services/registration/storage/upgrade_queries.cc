// Who moved to a higher scale, by region and day.
#include <algorithm>

#include "libs/indonesia/format.h"
#include "services/registration/storage/history_queries.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;

constexpr std::string_view kListSql =
    "SELECT business_id, version, region_code, from_scale, to_scale, since, recorded_at, rule_set"
    "  FROM upgrades"
    " WHERE (region_code, since, business_id, version)"
    "     > ($1::text COLLATE \"C\", $2::text::date, $3::text::uuid, $4::bigint)"
    "   AND region_code < $5::text COLLATE \"C\""
    "   AND since BETWEEN $6::text::date AND $7::text::date"
    " ORDER BY region_code, since, business_id, version LIMIT $8::bigint";

StatedUpgrade ToUpgrade(const postgres::Rows& rows, int i) {
    return {.business_id = rows.Uuid(i, 0),
            .version = rows.Int64(i, 1),
            .region_code = rows.Text(i, 2),
            .from = static_cast<Scale>(rows.Int64(i, 3)),
            .to = static_cast<Scale>(rows.Int64(i, 4)),
            .since = rows.Date(i, 5),
            .recorded_at = rows.Time(i, 6),
            .rule_set = rows.Text(i, 7)};
}

std::string DayOr(const std::optional<Date>& day, std::string_view otherwise) {
    return day ? indonesia::FormatDate(*day) : std::string(otherwise);
}

}  // namespace

// Region by region, in their order: none lies in another.
std::vector<StatedUpgrade> HistoryQueries::Upgrades(const Viewer& viewer,
                                                    const UpgradeFilter& filter,
                                                    const UpgradePosition& after,
                                                    std::int64_t limit) const {
    std::vector<std::string> regions = filter.regions;
    std::ranges::sort(regions);
    const std::string from = DayOr(filter.from, "-infinity");
    const std::string until = DayOr(filter.until, "infinity");
    return ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        std::vector<StatedUpgrade> found;
        for (const std::string& region : regions) {
            const std::int64_t missing = limit - std::ssize(found);
            if (missing == 0) break;
            const bool is_begun = after.region_code >= region;
            const UpgradePosition begin = is_begun ? after : UpgradePosition{.region_code = region};
            const postgres::Rows rows = transaction.Run(
                kListSql, {begin.region_code, indonesia::FormatDate(begin.since), begin.business_id,
                           Int64(begin.version), region + '/', from, until, Int64(missing)});
            for (int i = 0; i < rows.size(); ++i) found.push_back(ToUpgrade(rows, i));
        }
        return found;
    });
}

}  // namespace bangkit::registration
