#pragma once

#include <future>
#include <optional>
#include <string>

#include "bangkit/dashboard/v1/dashboard.pb.h"
#include "services/dashboard/storage/dashboard_cache.h"

namespace bangkit::dashboard {

/// What GetDashboard would find in the cache; nullopt also while Redis is away.
inline std::optional<v1::Dashboard> FindCached(DashboardCache& cache,
                                               const std::string& region_code) {
    std::promise<std::optional<ServedDashboard>> found;
    cache.Get(region_code, [&found](Result<std::optional<ServedDashboard>> result) {
        found.set_value(result.value_or(std::nullopt));
    });
    const std::optional<ServedDashboard> served = found.get_future().get();
    v1::Dashboard dashboard;
    if (!served || !dashboard.ParseFromString(served->dashboard)) return std::nullopt;
    return dashboard;
}

}  // namespace bangkit::dashboard
