#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"

namespace bangkit::indonesia {

class RegionTree;

/// The number of a family card (Kartu Keluarga), 16 digits: district, date on which it was
/// recorded, serial. Personal data.
struct Kk {
    std::string digits;
    std::vector<std::string> warnings = {};  // "KK_REGION_UNKNOWN": codes change, cards keep them.
};

/// Spaces, dots and hyphens are left out. KK_INVALID if the number cannot be that of a card. Unlike
/// in a NIK, the day is that of the calendar: a NIK of a woman is none.
Result<Kk> ParseKk(std::string_view text, Date today, const RegionTree* regions = nullptr);

}  // namespace bangkit::indonesia
