// Lists of businesses as they are now, and searches in their names.
#include <algorithm>

#include "libs/indonesia/regions.h"
#include "services/registration/storage/list_places.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

// For one page: rows that a list looks at, hits that are sorted, and districts that are searched one
// after the other where the hits of the whole region are more.
constexpr std::int64_t kExamined = 5'000;
constexpr std::int64_t kHitsMax = 5'000;
constexpr int kDistrictsMax = 16;

constexpr std::string_view kLastId = "ffffffff-ffff-ffff-ffff-ffffffffffff";

const std::string kFilterNow =
    " AND l.merged_into IS NULL" + FilterSql("l.scale", "l.condition", "l.verification");

// $12, $13: the place behind which it begins. $14: what follows the region. $15: how many.
//
// The region and the page are one condition: with one for each, an index scan may begin at either
// and read all that lies between. If too few are found, the last row that was looked at says where
// to go on.
const std::string kListSql =
    "WITH found AS ("
    " SELECT l.region_code, l.business_id"
    "   FROM (SELECT * FROM listed_businesses l"
    "          WHERE (l.region_code, l.business_id) > ($12::text COLLATE \"C\", $13::text::uuid)"
    "            AND l.region_code < $14::text COLLATE \"C\""
    "          ORDER BY l.region_code, l.business_id LIMIT $16::bigint) l"
    "  WHERE true" +
    kFilterNow +
    "  ORDER BY l.region_code, l.business_id LIMIT $15::bigint)"
    " SELECT region_code, business_id, false AS is_end FROM found"
    " UNION ALL "
    " SELECT * FROM ("
    "  SELECT l.region_code, l.business_id, true FROM listed_businesses l"
    "   WHERE (SELECT count(*) FROM found) < $15"
    "     AND (l.region_code, l.business_id) > ($12::text COLLATE \"C\", $13::text::uuid)"
    "     AND l.region_code < $14::text COLLATE \"C\""
    "   ORDER BY l.region_code, l.business_id OFFSET $16::bigint - 1 LIMIT 1) last"
    " ORDER BY is_end, region_code, business_id";

// Few, so all are read. $16: the owner.
const std::string kListOwnSql =
    "SELECT l.region_code, l.business_id, false"
    "  FROM businesses b JOIN listed_businesses l USING (business_id)"
    " WHERE b.owner_id = $16::text::uuid"
    "   AND (l.region_code, l.business_id) > ($12::text COLLATE \"C\", $13::text::uuid)"
    "   AND l.region_code < $14::text COLLATE \"C\"" +
    kFilterNow + " ORDER BY l.region_code, l.business_id LIMIT $15::bigint";

// The district of the next business behind a place; its regency, if that is all that is known.
constexpr std::string_view kNextDistrictSql =
    "SELECT left(l.region_code, 8) FROM listed_businesses l"
    " WHERE (l.region_code, l.business_id) > ($1::text COLLATE \"C\", $2::text::uuid)"
    "   AND l.region_code < $3::text COLLATE \"C\""
    " ORDER BY l.region_code, l.business_id LIMIT 1";

// $12, $13, $15 as above, $14: the region. $16: so many hits are too many. $17 ...: the words. The
// index of names has regions by 2, 5 and 8 characters; the page and a village are looked at
// afterwards, for an index of theirs would read more than it spares.
std::string SearchSql(std::size_t region_length, std::size_t word_count) {
    const std::string indexed = std::to_string(std::min<std::size_t>(region_length, 8));
    std::string words;
    for (std::size_t i = 0; i < word_count; ++i) {
        words += " AND l.name %> $" + std::to_string(17 + i) + "::text";
    }
    return "WITH hits AS MATERIALIZED ("
           " SELECT l.region_code, l.business_id FROM listed_businesses l"
           "  WHERE left(l.region_code, " +
           indexed + ") = left($14::text, " + indexed + ")" + words + kFilterNow +
           "  LIMIT $16::bigint)"
           " SELECT found.region_code, found.business_id, counted.hits"
           "   FROM (SELECT count(*) AS hits FROM hits) counted"
           "   LEFT JOIN LATERAL ("
           "    SELECT region_code, business_id FROM hits"
           "     WHERE (region_code, business_id) > ($12::text COLLATE \"C\", $13::text::uuid)"
           "       AND (length($14) < 13 OR region_code = $14)"
           "     ORDER BY region_code, business_id LIMIT $15::bigint) found ON true"
           "  ORDER BY found.region_code, found.business_id";
}

/// One search by name.
class NameSearch {
public:
    NameSearch(Transaction& transaction, const ListFilter& filter,
               const std::vector<std::string>& words, Places& places)
        : transaction_(transaction), filter_(filter), words_(words), places_(places) {}

    /// In the region as a whole; district by district, if its hits are too many to be sorted.
    void Look(const std::string& region, ListPosition begin) {
        const bool is_small = indonesia::LevelOf(region) >= indonesia::RegionLevel::kDistrict;
        if (LookAtOnce(region, begin, is_small)) return;
        for (int i = 0; i < kDistrictsMax && !places_.IsFull(); ++i) {
            const Rows next = transaction_.Run(
                kNextDistrictSql, {begin.region_code, begin.business_id, Beyond(region)});
            if (next.size() == 0) return;
            const std::string district = next.Text(0, 0);
            LookAtOnce(district, begin, true);
            begin = {.region_code = LastCodeIn(district), .business_id = std::string(kLastId)};
        }
        if (!places_.IsFull()) places_.EndAt(begin);
    }

private:
    /// False if there are too many.
    bool LookAtOnce(const std::string& region, const ListPosition& begin, bool is_small) {
        const std::int64_t too_many = is_small ? INT64_MAX : kHitsMax + 1;
        const Rows rows = Run(region, begin, too_many);
        if (rows.Int64(0, 2) >= too_many) return false;
        if (rows.IsNull(0, 0)) return true;
        for (int i = 0; i < rows.size(); ++i) places_.Add(PlaceAt(rows, i));
        return true;
    }

    Rows Run(const std::string& region, const ListPosition& begin, std::int64_t too_many) const {
        const std::string sql = SearchSql(region.size(), words_.size());
        const auto run = [&](const auto&... words) {
            return filter_.Run(transaction_, sql, begin.region_code, begin.business_id, region,
                               Int64(places_.missing()), Int64(too_many), words...);
        };
        switch (words_.size()) {
            case 1: return run(words_[0]);
            case 2: return run(words_[0], words_[1]);
            case 3: return run(words_[0], words_[1], words_[2]);
            default: return run(words_[0], words_[1], words_[2], words_[3]);
        }
    }

    static std::string LastCodeIn(const std::string& district) {
        const bool has_villages =
            indonesia::LevelOf(district) == indonesia::RegionLevel::kDistrict;
        return has_villages ? district + ".9999" : district;
    }

    Transaction& transaction_;
    const FilterParameters filter_;
    const std::vector<std::string>& words_;
    Places& places_;
};

}  // namespace

FoundBusinesses Queries::List(const Viewer& viewer, const ListFilter& filter,
                              const ListPosition& after, std::int64_t limit) const {
    const bool is_own = !viewer.owner_id.empty();
    const std::string_view sql = is_own ? kListOwnSql : kListSql;
    const std::string examined = Int64(kExamined);
    return ReadAs(pool_, viewer, [&](Transaction& transaction) {
        const FilterParameters parameters(filter);
        Places places(limit);
        ForEachRegion(RegionsOf(viewer, filter), after, places,
                      [&](const std::string& region, const ListPosition& begin) {
                          const Rows rows = parameters.Run(
                              transaction, sql, begin.region_code, begin.business_id,
                              Beyond(region), Int64(places.missing()),
                              is_own ? viewer.owner_id : examined);
                          for (int i = 0; i < rows.size(); ++i) places.Take(rows, i);
                      });
        return places.Read(transaction, *this);
    });
}

FoundBusinesses Queries::Search(const Viewer& viewer, const ListFilter& filter,
                                const std::vector<std::string>& words, const ListPosition& after,
                                std::int64_t limit) const {
    return ReadAs(pool_, viewer, [&](Transaction& transaction) {
        // Connections for reads go along indexes in their order; this one gives bitmaps only.
        transaction.Queue("SELECT set_config('enable_bitmapscan', 'on', true)");
        Places places(limit);
        NameSearch search(transaction, filter, words, places);
        ForEachRegion(filter.regions, after, places,
                      [&](const std::string& region, const ListPosition& begin) {
                          search.Look(region, begin);
                      });
        return places.Read(transaction, *this);
    });
}

}  // namespace bangkit::registration
