#pragma once

#include <string>

namespace bangkit::dashboard {

/// A dashboard as clients get it: both parts serialized, so that nobody takes apart what was put
/// together once.
struct ServedDashboard {
    std::string dashboard;  // bangkit.dashboard.v1.Dashboard
    std::string freshness;  // bangkit.dashboard.v1.Freshness
};

}  // namespace bangkit::dashboard
