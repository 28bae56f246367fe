// Businesses as they were on a day.
#include <map>
#include <utility>
#include <vector>

#include "libs/base/utc.h"
#include "libs/indonesia/format.h"
#include "services/registration/storage/businesses.h"
#include "services/registration/storage/list_places.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

// Rows that one page looks at. Each costs several look-ups in histories.
constexpr std::int64_t kExamined = 1'000;

// Of a business b: what held on the day $12 as far as it was known at $13. Of statements of one day
// the last one holds. Moves are in the order in which they were made: a business was where it moved
// away from by the first one that is of later.
const std::string kHeldSql =
    "  CROSS JOIN LATERAL (SELECT"
    "    coalesce((SELECT d.region_before FROM detail_changes d"
    "               WHERE d.business_id = b.business_id AND d.region_before IS NOT NULL"
    "                 AND (d.region_since > $12::text::date"
    "                      OR d.recorded_at > $13::text::timestamptz)"
    "               ORDER BY d.version LIMIT 1), b.region_code) AS region_code,"
    "    coalesce((SELECT v.level FROM verifications v"
    "               WHERE v.business_id = b.business_id AND v.recorded_at <= $13::text::timestamptz"
    "                 AND (v.recorded_at AT TIME ZONE 'Asia/Jakarta')::date <= $12::text::date"
    "               ORDER BY v.version DESC LIMIT 1), 1) AS verification) h"
    "  CROSS JOIN LATERAL ("
    "   SELECT c.condition, c.valid_from FROM condition_history c"
    "    WHERE c.business_id = b.business_id AND c.valid_from <= $12::text::date"
    "      AND c.recorded_at <= $13::text::timestamptz"
    "    ORDER BY c.valid_from DESC, c.version DESC LIMIT 1) c"
    "  CROSS JOIN LATERAL ("
    "   SELECT s.scale, s.rule_set, s.valid_from, s.capital_rupiah, s.annual_sales_rupiah"
    "     FROM scale_history s"
    "    WHERE s.business_id = b.business_id AND s.valid_from <= $12::text::date"
    "      AND s.recorded_at <= $13::text::timestamptz"
    "    ORDER BY s.valid_from DESC, s.version DESC LIMIT 1) s";

constexpr std::string_view kWasRegisteredSql =
    "   AND (b.registered_at AT TIME ZONE 'Asia/Jakarta')::date <= $12::text::date"
    "   AND b.registered_at <= $13::text::timestamptz";

// Those that live on in another one are left out of lists.
constexpr std::string_view kLivedSql =
    "   AND NOT EXISTS (SELECT FROM merges m"
    "                    WHERE m.merged_id = b.business_id"
    "                      AND m.merged_at <= $13::text::timestamptz"
    "                      AND (m.merged_at AT TIME ZONE 'Asia/Jakarta')::date <= $12::text::date"
    "                      AND (m.undone_at IS NULL OR m.undone_at > $13::text::timestamptz"
    "                           OR (m.undone_at AT TIME ZONE 'Asia/Jakarta')::date"
    "                              > $12::text::date))";

const std::string kHeldFilter =
    std::string(kWasRegisteredSql) + FilterSql("s.scale", "c.condition", "h.verification");

constexpr std::string_view kHeldColumns =
    "h.region_code, b.business_id, false AS is_end, c.condition, c.valid_from AS condition_since,"
    " s.scale, s.rule_set, s.valid_from AS scale_since, s.capital_rupiah, s.annual_sales_rupiah,"
    " h.verification::bigint AS verification";

// $14: its id.
const std::string kFindSql = "SELECT " + std::string(kHeldColumns) +
                             "  FROM businesses b JOIN listed_businesses l USING (business_id)" +
                             kHeldSql + " WHERE b.business_id = $14::text::uuid" + kHeldFilter;

// Where a list looks: who is in a region now, and who was there before they moved. $14, $15: the
// place behind which it begins. $16: what follows the region. $17: how many. $18: how many are
// looked at.
constexpr std::string_view kEntriesSql =
    "(SELECT region_code, business_id FROM ("
    "  (SELECT region_code, business_id FROM listed_businesses"
    "    WHERE (region_code, business_id) > ($14::text COLLATE \"C\", $15::text::uuid)"
    "      AND region_code < $16::text COLLATE \"C\""
    "    ORDER BY region_code, business_id LIMIT $18::bigint)"
    "  UNION ALL "
    "  (SELECT region_before, business_id FROM detail_changes"
    "    WHERE region_before IS NOT NULL"
    "      AND (region_before, business_id) > ($14::text COLLATE \"C\", $15::text::uuid)"
    "      AND region_before < $16::text COLLATE \"C\""
    "    ORDER BY region_before, business_id LIMIT $18::bigint)) entries"
    " ORDER BY region_code, business_id LIMIT $18::bigint)";

// The same of an owner: $19.
constexpr std::string_view kOwnEntriesSql =
    "(SELECT region_code, business_id FROM ("
    "  SELECT region_code, business_id FROM businesses WHERE owner_id = $19::text::uuid"
    "  UNION ALL "
    "  SELECT d.region_before, business_id FROM detail_changes d JOIN businesses USING "
    "(business_id)"
    "   WHERE owner_id = $19::text::uuid AND d.region_before IS NOT NULL) entries"
    "  WHERE (region_code, business_id) > ($14::text COLLATE \"C\", $15::text::uuid)"
    "    AND region_code < $16::text COLLATE \"C\""
    " ORDER BY region_code, business_id LIMIT $18::bigint)";

// A business that came back is in the entries twice. If too few are found, the last entry that was
// looked at says where to go on.
std::string ListSql(std::string_view entries) {
    return "WITH found AS ("
           " SELECT DISTINCT ON (e.region_code, e.business_id) " +
           std::string(kHeldColumns) + "  FROM " + std::string(entries) +
           " e JOIN businesses b USING (business_id)"
           "   JOIN listed_businesses l USING (business_id)" +
           kHeldSql + "  WHERE h.region_code = e.region_code" + kHeldFilter +
           std::string(kLivedSql) +
           "  ORDER BY e.region_code, e.business_id LIMIT $17::bigint)"
           " SELECT * FROM found"
           " UNION ALL "
           " SELECT last.region_code, last.business_id, true, NULL, NULL, NULL, NULL, NULL, NULL,"
           "        NULL, NULL"
           "   FROM (SELECT * FROM " +
           std::string(entries) +
           " e ORDER BY region_code, business_id OFFSET $18::bigint - 1 LIMIT 1) last"
           "  WHERE (SELECT count(*) FROM found) < $17"
           " ORDER BY is_end, region_code, business_id";
}

const std::string kListSql = ListSql(kEntriesSql);
const std::string kListOwnSql = ListSql(kOwnEntriesSql);

/// What held on the day, in place of what holds now.
void Restore(Business& business, const Rows& rows, int i) {
    business.profile.region_code = rows.Text(i, 0);
    business.condition = static_cast<Condition>(rows.Int64(i, 3));
    business.condition_since = rows.Date(i, 4);
    business.scale = {
        .classification = {.scale = static_cast<Scale>(rows.Int64(i, 5)),
                           .rule_set = RuleSetNamed(rows.Bytes(i, 6))},
        .figures = {.capital = rows.OptionalInt64(i, 8), .annual_sales = rows.OptionalInt64(i, 9)},
        .since = rows.Date(i, 7)};
    business.verification = static_cast<Verification>(rows.Int64(i, 10));
}

std::string DayOf(const AsOf& as_of) { return indonesia::FormatDate(as_of.day); }
std::string KnownAt(const AsOf& as_of) {
    return as_of.known_at ? FormatUtc(*as_of.known_at) : "infinity";
}

}  // namespace

std::optional<StoredBusiness> Queries::FindAsOf(const Viewer& viewer,
                                                const std::string& business_id,
                                                const AsOf& as_of) const {
    using Found = std::optional<StoredBusiness>;
    return ReadAs(pool_, viewer, [&](Transaction& transaction) -> Found {
        const Rows rows =
            FilterParameters(ListFilter{})
                .Run(transaction, kFindSql, DayOf(as_of), KnownAt(as_of), business_id);
        postgres::UuidArray ids;
        ids.Add(business_id);
        std::vector<StoredBusiness> found = Fetch(transaction, ids);
        if (rows.size() == 0 || found.empty()) return std::nullopt;
        Restore(found.front().business, rows, 0);
        return std::move(found.front());
    });
}

FoundBusinesses Queries::ListAsOf(const Viewer& viewer, const ListFilter& filter, const AsOf& as_of,
                                  const ListPosition& after, std::int64_t limit) const {
    return ReadAs(pool_, viewer, [&](Transaction& transaction) {
        const FilterParameters parameters(filter);
        Places places(limit);
        std::map<std::string, std::pair<Rows, int>> held;  // By business id.
        const auto run = [&](const std::string& sql, const std::string& region,
                             const ListPosition& begin, const auto&... owner) {
            return parameters.Run(transaction, sql, DayOf(as_of), KnownAt(as_of), begin.region_code,
                                  begin.business_id, Beyond(region), Int64(places.missing()),
                                  Int64(kExamined), owner...);
        };
        ForEachRegion(RegionsOf(viewer, filter), after, places,
                      [&](const std::string& region, const ListPosition& begin) {
                          const Rows rows = viewer.owner_id.empty()
                                                ? run(kListSql, region, begin)
                                                : run(kListOwnSql, region, begin, viewer.owner_id);
                          for (int i = 0; i < rows.size(); ++i) {
                              places.Take(rows, i);
                              if (!rows.Bool(i, 2)) held.try_emplace(rows.Uuid(i, 1), rows, i);
                          }
                      });
        FoundBusinesses page = places.Read(transaction, *this);
        for (StoredBusiness& each : page.businesses) {
            const auto& [rows, i] = held.at(each.business.id);
            Restore(each.business, rows, i);
        }
        return page;
    });
}

}  // namespace bangkit::registration
