#include "services/dashboard/storage/dashboard_cache.h"

#include <string>
#include <utility>

#include "libs/redis/stamped.h"
#include "services/dashboard/storage/cache_keys.h"

namespace bangkit::dashboard {
namespace {

std::optional<ServedDashboard> ToServed(redis::Cache::Values& values) {
    const std::optional<std::string>& dashboard = values.at(0);
    std::optional<std::string>& freshness = values.at(1);
    if (!dashboard || !freshness) return std::nullopt;
    const std::optional<redis::Stamped> stored = redis::Decode(*dashboard);
    if (!stored) return std::nullopt;
    return ServedDashboard{.dashboard = std::string(stored->payload),
                           .freshness = *std::move(freshness)};
}

}  // namespace

void DashboardCache::Get(std::string_view region_code, Done done) {
    cache_.Get({DashboardKey(region_code), std::string(kProgressKey)},
               [done = std::move(done)](Result<redis::Cache::Values> values) mutable {
                   if (values) {
                       done(ToServed(*values));
                   } else {
                       done(std::unexpected(std::move(values.error())));
                   }
               });
}

}  // namespace bangkit::dashboard
