#include "services/dashboard/storage/dashboard_cache.h"

#include <string>
#include <utility>

#include "libs/redis/stamped.h"
#include "services/dashboard/storage/cache_keys.h"

namespace bangkit::dashboard {
namespace {

std::optional<ServedDashboard> ToServed(const std::optional<std::string>& dashboard,
                                        const std::optional<std::string>& freshness) {
    if (!dashboard || !freshness) return std::nullopt;
    const std::optional<redis::Stamped> stored = redis::Decode(*dashboard);
    if (!stored) return std::nullopt;
    return ServedDashboard{.dashboard = std::string(stored->payload), .freshness = *freshness};
}

}  // namespace

void DashboardCache::Get(std::string_view region_code, Done done) {
    cache_.Get({DashboardKey(region_code), std::string(kProgressKey)},
               [done = std::move(done)](Result<redis::Cache::Values> values) mutable {
                   if (values) {
                       done(ToServed(values->at(0), values->at(1)));
                   } else {
                       done(std::unexpected(std::move(values.error())));
                   }
               });
}

void DashboardCache::GetMany(std::span<const std::string> region_codes, ManyDone done) {
    std::vector<std::string> keys;
    for (const std::string& code : region_codes) keys.push_back(DashboardKey(code));
    keys.emplace_back(kProgressKey);
    cache_.Get(std::move(keys),
               [done = std::move(done)](Result<redis::Cache::Values> values) mutable {
                   if (!values) return done(std::unexpected(std::move(values.error())));
                   std::vector<std::optional<ServedDashboard>> served;
                   for (std::size_t i = 0; i + 1 < values->size(); ++i) {
                       served.push_back(ToServed((*values)[i], values->back()));
                   }
                   done(std::move(served));
               });
}

}  // namespace bangkit::dashboard
