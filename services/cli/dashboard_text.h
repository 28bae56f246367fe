#pragma once

#include <iosfwd>

#include "bangkit/dashboard/v1/dashboard_service.pb.h"

namespace bangkit::cli {

// Figures for people, in Indonesian.

void Print(std::ostream& out, const dashboard::v1::GetDashboardResponse& response);
void Print(std::ostream& out, const dashboard::v1::CompareRegionsResponse& response);
void Print(std::ostream& out, const dashboard::v1::ListRegionsResponse& response);

}  // namespace bangkit::cli
