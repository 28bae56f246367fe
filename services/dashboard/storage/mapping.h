#pragma once

#include <cstdint>
#include <string>

#include "libs/indonesia/regions.h"
#include "services/dashboard/domain/figures.h"
#include "services/dashboard/storage/read_model.h"

namespace bangkit::dashboard::v1 {
class Freshness;
class RegionSummary;
}  // namespace bangkit::dashboard::v1

namespace bangkit::dashboard {

/// A serialized bangkit.dashboard.v1.Dashboard: depends on nothing but its arguments, so that equal
/// versions are equal bytes. The region must exist.
std::string ToPayload(const RegionFigures& figures, std::int64_t generation,
                      const indonesia::RegionTree& regions);

/// A serialized bangkit.dashboard.v1.Freshness.
std::string ToPayload(const Progress& progress);

void Fill(v1::Freshness& out, const Progress& progress);
void Fill(v1::RegionSummary& out, const indonesia::Region& region, std::int64_t businesses);

}  // namespace bangkit::dashboard
