#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "bangkit/dashboard/v1/dashboard_service.pb.h"

namespace bangkit::cli {

// Figures for people, in Indonesian.

void Print(std::ostream& out, const dashboard::v1::GetDashboardResponse& response);
void Print(std::ostream& out, const dashboard::v1::CompareRegionsResponse& response);
void Print(std::ostream& out, const dashboard::v1::ListRegionsResponse& response);

/// How many businesses have the mark.
std::int64_t CountOf(const dashboard::v1::Dashboard& dashboard, dashboard::v1::BusinessMark mark);
/// Of the businesses whose network somebody has looked at; "–": nobody has.
std::string BlankSpotShare(const dashboard::v1::Dashboard& dashboard);

}  // namespace bangkit::cli
