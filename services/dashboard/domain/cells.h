#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "libs/indonesia/regions.h"

namespace bangkit::dashboard {

/// Calls `use(code)` for the region and every region around it, up to the country.
template <typename Use>
void ForEachLevel(std::string_view region_code, Use use) {
    for (auto code = region_code; !code.empty(); code = indonesia::ParentOf(code)) {
        use(std::string(code));
    }
}

/// What cancels out leaves no counter.
template <typename Cell, typename Count>
void AddTo(std::map<Cell, Count>& counters, Cell cell, const Count& by) {
    const auto counter = counters.try_emplace(std::move(cell)).first;
    counter->second += by;
    if (counter->second == Count{}) counters.erase(counter);
}

}  // namespace bangkit::dashboard
