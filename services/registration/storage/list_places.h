#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/registration/storage/list_filter.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {

inline ListPosition PlaceAt(const postgres::Rows& rows, int i) {
    return {.region_code = rows.Text(i, 0), .business_id = rows.Uuid(i, 1)};
}

/// A page in the making. It takes one place more than it shows, to know whether there are more.
class Places {
public:
    explicit Places(std::int64_t limit) : limit_(static_cast<std::size_t>(limit)) {}

    std::int64_t missing() const { return static_cast<std::int64_t>(limit_ + 1 - places_.size()); }
    bool IsFull() const { return missing() == 0; }
    bool HasEnded() const { return IsFull() || end_.has_value(); }
    void Add(ListPosition place) { places_.push_back(std::move(place)); }
    /// Enough has been looked at, up to here.
    void EndAt(ListPosition place) { end_ = std::move(place); }
    /// A row of region_code, business_id, whether it is only the last one that was looked at.
    void Take(const postgres::Rows& rows, int i) {
        rows.Bool(i, 2) ? EndAt(PlaceAt(rows, i)) : Add(PlaceAt(rows, i));
    }

    FoundBusinesses Read(postgres::Transaction& transaction, const Queries& queries) const {
        postgres::UuidArray ids;
        for (std::size_t i = 0; i < std::min(limit_, places_.size()); ++i) {
            ids.Add(places_[i].business_id);
        }
        return {.businesses = queries.Fetch(transaction, ids),
                .next = IsFull() ? std::optional(places_[limit_ - 1]) : end_};
    }

private:
    const std::size_t limit_;
    std::vector<ListPosition> places_;
    std::optional<ListPosition> end_;
};

/// What follows all that lies in a region; in any region, if it is empty.
inline std::string Beyond(const std::string& region) {
    constexpr char kAfterDots = '/', kAfterDigits = ':';
    return region + (region.empty() ? kAfterDigits : kAfterDots);
}

/// The regions of a list: of an owner who names none, a single one in which all lie.
inline std::vector<std::string> RegionsOf(const Viewer& viewer, const ListFilter& filter) {
    const bool is_everywhere = !viewer.owner_id.empty() && filter.regions.empty();
    return is_everywhere ? std::vector<std::string>{""} : filter.regions;
}

/// Calls `look(region, begin)` for each region, in their order, until the page has ended. None lies
/// in another, so what is found is in its order too.
void ForEachRegion(std::vector<std::string> regions, const ListPosition& after,
                   const Places& places, const auto& look) {
    std::ranges::sort(regions);
    for (const std::string& region : regions) {
        if (places.HasEnded()) return;
        if (after.region_code >= Beyond(region)) continue;
        const bool is_begun = after.region_code >= region;
        look(region, is_begun ? after : ListPosition{.region_code = region});
    }
}

}  // namespace bangkit::registration
