#pragma once

#include <string>
#include <string_view>

#include "libs/base/result.h"

namespace bangkit::indonesia {

/// The version that ParseKbli() knows. Others will follow: whoever keeps a code keeps its version.
inline constexpr std::string_view kKbliVersion = "2020";

/// A line of business of the Indonesian classification (KBLI 2020, after ISIC Rev. 4).
struct Kbli {
    std::string code;      // 2-5 digits; leading zeros count: "01111".
    std::string division;  // The first two: "47".
    char section = 0;      // The letter that the division belongs to: 'G'.
};

/// Spaces around the code are left out. KBLI_UNKNOWN if it has not 2-5 digits or its division does
/// not exist; finer levels are not checked, for there is no free list of them.
Result<Kbli> ParseKbli(std::string_view text);

}  // namespace bangkit::indonesia
