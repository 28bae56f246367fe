#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/result.h"
#include "libs/redis/cache.h"
#include "services/dashboard/storage/served_dashboard.h"

namespace bangkit::dashboard {

/// The dashboards that lie ready in Redis.
class DashboardCache {
public:
    using Done = std::move_only_function<void(Result<std::optional<ServedDashboard>>)>;

    /// `cache` must outlive it.
    explicit DashboardCache(redis::Cache& cache) : cache_(cache) {}

    /// Dashboard and freshness in one read; nullopt if one of them is not there. Never blocks;
    /// `done` must not block, and gets kUnavailable CACHE_UNAVAILABLE at once while Redis is away.
    void Get(std::string_view region_code, Done done);

    /// Several dashboards with one freshness, all of one instant; nullopt for those that are not
    /// there. In other respects as Get().
    using ManyDone =
        std::move_only_function<void(Result<std::vector<std::optional<ServedDashboard>>>)>;
    void GetMany(std::span<const std::string> region_codes, ManyDone done);

private:
    redis::Cache& cache_;
};

}  // namespace bangkit::dashboard
