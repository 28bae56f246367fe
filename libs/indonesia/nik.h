#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"

namespace bangkit::indonesia {

class RegionTree;

/// The number of a resident (Nomor Induk Kependudukan), 16 digits: district of the first
/// registration, birth date (day + 40 for women), serial. Personal data.
struct Nik {
    std::string digits;
    Date birth_date;
    bool female = false;
    // To be reviewed, not refused: "AGE_UNUSUAL" (below 17), "REGION_UNKNOWN".
    std::vector<std::string> warnings = {};
};

/// Spaces, dots and hyphens are left out. NIK_INVALID if the number cannot be a NIK; there is no
/// check digit, so none of this proves that it was ever issued. Of the two centuries, the later one
/// that is not in the future is taken: `today` is a date in Indonesia. With `regions`, an unknown
/// district is a warning only, for codes change when regions are split and a NIK keeps the old one.
Result<Nik> ParseNik(std::string_view text, Date today, const RegionTree* regions = nullptr);

/// "3674********0001": what may be shown. All stars if `digits` are not 16.
std::string MaskNik(std::string_view digits);

}  // namespace bangkit::indonesia
