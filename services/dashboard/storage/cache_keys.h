#pragma once

#include <string>
#include <string_view>

namespace bangkit::dashboard {

// What lies in Redis. Values under DashboardKey() are stamped (libs/redis/stamped.h).

/// A serialized bangkit.dashboard.v1.Dashboard.
inline std::string DashboardKey(std::string_view region_code) {
    return "bangkit:dashboard:" + std::string(region_code);
}

/// A serialized bangkit.dashboard.v1.Freshness of all the dashboards; read together with one.
inline constexpr std::string_view kProgressKey = "bangkit:dashboard:progress";

/// Stamped, without a payload. Gone: somebody has emptied the cache.
inline constexpr std::string_view kWarmKey = "bangkit:dashboard:warm";

/// Where the codes of regions are announced whose dashboards have changed, one a message.
inline constexpr std::string_view kChangesChannel = "bangkit:dashboard";

}  // namespace bangkit::dashboard
