#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "libs/indonesia/regions.h"

namespace bangkit::cli {

struct DemoOptions {
    std::string region_code;
    std::int64_t businesses = 0;
    std::int64_t cooperatives = 0;
    std::int64_t vendors = 0;
    std::int64_t delivery_shops = 0;
    std::int64_t bad = 0;  // Besides the others.
    // Of all UMKM and cooperatives, "TERDAMPAK"; empty: in proportions as in life.
    std::string condition = {};
    std::uint64_t seed = 1;
};

/// Writes a CSV file with a header, as `bangkit import` takes it. The bad rows are spread over it.
/// Throws UsageError if there is nothing to write.
void WriteDemoFile(std::ostream& out, const DemoOptions& options,
                   const indonesia::RegionTree& regions);

}  // namespace bangkit::cli
