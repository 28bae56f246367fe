// Lists of businesses as they are now, and searches in their names.
#include <set>
#include <utility>

#include "services/registration/storage/list_places.h"
#include "services/registration/storage/name_words.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;
using postgres::Rows;
using postgres::Transaction;

// For one page: rows that a list looks at; regions that a search looks at, and hits in one of them.
constexpr std::int64_t kExamined = 5'000;
constexpr int kWindowsMax = 16;
constexpr std::int64_t kHitsMax = 1'000;

// As long are the codes of a province and of a district; a regency's lies in the middle.
constexpr std::size_t kProvinceLength = 2, kDistrictLength = 8, kLevelLength = 3;

const std::string kFilterNow =
    " AND l.merged_into IS NULL" + FilterSql("l.scale", "l.condition", "l.verification");

// $12, $13: the place behind which it begins. $14: what follows the region. $15: how many.
//
// The region and the page are one condition: with one for each, an index scan may begin at either
// and read all that lies between. If too few are found, the last row that was looked at says where
// to go on.
std::string ListSql(const std::string& filter) {
    return "WITH found AS ("
           " SELECT l.region_code, l.business_id"
           "   FROM (SELECT * FROM listed_businesses l"
           "          WHERE (l.region_code, l.business_id)"
           "              > ($12::text COLLATE \"C\", $13::text::uuid)"
           "            AND l.region_code < $14::text COLLATE \"C\""
           "          ORDER BY l.region_code, l.business_id LIMIT $16::bigint) l"
           "  WHERE true" +
           filter +
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
}

const std::string kListSql = ListSql(kFilterNow);

// Few, so all are read. $16: the owner.
const std::string kListOwnSql =
    "SELECT l.region_code, l.business_id, false"
    "  FROM businesses b JOIN listed_businesses l USING (business_id)"
    " WHERE b.owner_id = $16::text::uuid"
    "   AND (l.region_code, l.business_id) > ($12::text COLLATE \"C\", $13::text::uuid)"
    "   AND l.region_code < $14::text COLLATE \"C\"" +
    kFilterNow + " ORDER BY l.region_code, l.business_id LIMIT $15::bigint";

// The name has a word of each of the sets $17 ...
std::string WordsSql(const std::string& column, std::size_t sets) {
    std::string sql;
    for (std::size_t i = 0; i < sets; ++i) {
        sql += " AND " + column + " && $" + std::to_string(17 + i) + "::text[]";
    }
    return sql;
}

// The region of the next business behind a place.
constexpr std::string_view kNextSql =
    "SELECT l.region_code FROM listed_businesses l"
    " WHERE (l.region_code, l.business_id) > ($1::text COLLATE \"C\", $2::text::uuid)"
    "   AND l.region_code < $3::text COLLATE \"C\""
    " ORDER BY l.region_code, l.business_id LIMIT 1";

/// Where the words of names are indexed: by regions of 2, 5 and 8 characters.
std::string WordsColumn(std::size_t region_length) {
    if (region_length <= kProvinceLength) return "l.words_in_province";
    return region_length < kDistrictLength ? "l.words_in_regency" : "l.words_in_district";
}

// $12, $13, $15 as above, $14: the region. $16: so many hits are too many. The page and a village
// are looked at afterwards, for an index of theirs would read more than it spares.
std::string HitsSql(std::size_t region_length, std::size_t word_count) {
    return "WITH hits AS MATERIALIZED ("
           " SELECT l.region_code, l.business_id FROM listed_businesses l"
           "  WHERE true" +
           WordsSql(WordsColumn(region_length), word_count) + kFilterNow +
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

/// One search by name. It looks at the district in which the page begins, then at what is left of
/// the regency, then of the province: further the rarer the hits are. So it sorts not many more
/// than it shows, however many there are.
class NameSearch {
public:
    using AlternativeWords = std::vector<std::vector<std::string>>;

    /// `words`: for each word that is searched, those that it may be.
    NameSearch(Transaction& transaction, const ListFilter& filter, AlternativeWords words,
               Places& places)
        : transaction_(transaction), filter_(filter), words_(std::move(words)), places_(places) {}

    void Look(const std::string& region, ListPosition begin) {
        std::size_t length = kDistrictLength, shortest = kProvinceLength;
        for (int i = 0; i < kWindowsMax; ++i) {
            const Rows next =
                transaction_.Run(kNextSql, {begin.region_code, begin.business_id, Beyond(region)});
            if (next.size() == 0) return;
            const std::string window = next.Text(0, 0).substr(0, std::max(length, region.size()));
            if (LookAt(window, begin)) {
                if (places_.IsFull() || window.size() <= region.size()) return;
                begin = LastIn(window);
                if (length > shortest) length -= kLevelLength;
            } else if (length < kDistrictLength) {
                length = shortest = kDistrictLength;
            } else {
                return LookAlong(region, begin);
            }
        }
        places_.EndAt(begin);
    }

private:
    /// False if there are too many hits.
    bool LookAt(const std::string& window, const ListPosition& begin) {
        const std::string indexed = window.substr(0, kDistrictLength) + '|';
        const Rows rows = Run("on", HitsSql(window.size(), words_.size()), begin, window,
                              kHitsMax + 1, Sets(indexed));
        if (rows.Int64(0, 2) > kHitsMax) return false;
        for (int i = 0; i < rows.size() && !rows.IsNull(i, 0); ++i) places_.Add(PlaceAt(rows, i));
        return true;
    }

    /// What is in so many names soon comes again along the list.
    void LookAlong(const std::string& region, const ListPosition& begin) {
        const Rows rows = Run("off", ListSql(kFilterNow + WordsSql("l.words", words_.size())),
                              begin, Beyond(region), kExamined, Sets(""));
        for (int i = 0; i < rows.size(); ++i) places_.Take(rows, i);
    }

    std::vector<postgres::TextArray> Sets(const std::string& prefix) const {
        std::vector<postgres::TextArray> sets(words_.size());
        for (std::size_t i = 0; i < words_.size(); ++i) {
            for (const std::string& word : words_[i]) sets[i].Add(prefix + word);
        }
        return sets;
    }

    static ListPosition LastIn(const std::string& window) {
        constexpr std::string_view kLastVillage = "99.99.99.9999";
        return {.region_code = window + std::string(kLastVillage.substr(window.size())),
                .business_id = "ffffffff-ffff-ffff-ffff-ffffffffffff"};
    }

    /// `bitmaps`: connections for reads go along indexes in their order; the one of names gives
    /// bitmaps only.
    Rows Run(const std::string& bitmaps, const std::string& sql, const ListPosition& begin,
             const std::string& region, std::int64_t limit,
             const std::vector<postgres::TextArray>& words) const {
        transaction_.Queue("SELECT set_config('enable_bitmapscan', $1, true)", {bitmaps});
        const auto run = [&](const auto&... sets) {
            return filter_.Run(transaction_, sql, begin.region_code, begin.business_id, region,
                               Int64(places_.missing()), Int64(limit), sets...);
        };
        switch (words.size()) {
            case 1: return run(words[0]);
            case 2: return run(words[0], words[1]);
            case 3: return run(words[0], words[1], words[2]);
            default: return run(words[0], words[1], words[2], words[3]);
        }
    }

    Transaction& transaction_;
    const FilterParameters filter_;
    const AlternativeWords words_;
    Places& places_;
};

postgres::TextArray ProvincesOf(const std::vector<std::string>& regions) {
    std::set<std::string> provinces;
    for (const std::string& region : regions) provinces.insert(region.substr(0, kProvinceLength));
    postgres::TextArray array;
    for (const std::string& province : provinces) array.Add(province);
    return array;
}

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
                          const Rows rows =
                              parameters.Run(transaction, sql, begin.region_code, begin.business_id,
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
        Places places(limit);
        NameSearch search(transaction, filter,
                          AlikeWords(transaction, words, ProvincesOf(filter.regions)), places);
        ForEachRegion(filter.regions, after, places,
                      [&](const std::string& region, const ListPosition& begin) {
                          search.Look(region, begin);
                      });
        return places.Read(transaction, *this);
    });
}

}  // namespace bangkit::registration
