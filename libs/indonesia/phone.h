#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/base/result.h"

namespace bangkit::indonesia {

/// An Indonesian telephone number. Personal data.
struct Phone {
    std::string e164;  // "+6281234567890"
    bool mobile = false;
    // "PHONE_PREFIX_UNKNOWN": no operator is known by this prefix.
    std::vector<std::string> warnings = {};
};

/// Accepts 08..., 8..., 62..., +62... and landlines with area code (021...); spaces, dots, hyphens
/// and brackets are left out. PHONE_INVALID if it is no such number; toll-free numbers (0800) are
/// not a person's.
Result<Phone> ParsePhone(std::string_view text);

/// Of a number in E.164: "0812-3456-7890", "021-5550123".
std::string FormatPhone(std::string_view e164);

/// What may be shown of it: "0812-****-7890", "021-****123". "****" if it is no Indonesian number
/// in E.164.
std::string MaskPhone(std::string_view e164);

}  // namespace bangkit::indonesia
