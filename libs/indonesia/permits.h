#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/base/result.h"

namespace bangkit::indonesia {

class RegionTree;

/// The number of a permit or certificate, as it is kept.
struct Permit {
    std::string number;
    std::vector<std::string> warnings = {};
};

/// Registration of home food (P-IRT, BPOM rule 22/2018): at least 15 digits, shown as
/// "1234567890123-45", with or without "P-IRT No." in front. Packaging (1-8), food type (2),
/// province and regency (4), product (2), producer (4), the last two digits of the year in which it
/// ends. Old numbers have 12 digits. PIRT_INVALID. Warnings: "PIRT_OLD", "PIRT_PACKAGING_UNKNOWN",
/// "PIRT_REGION_UNKNOWN".
Result<Permit> ParsePirt(std::string_view text, const RegionTree& regions);

/// Halal certificate: "ID" and digits. HALAL_FATWA_NUMBER if it begins with "KH": the fatwa is only
/// a step to the certificate. HALAL_INVALID. Warning: "HALAL_LENGTH_UNUSUAL" unless the digits are
/// 17, as those known so far.
Result<Permit> ParseHalal(std::string_view text);

/// Registration of processed food by BPOM: "MD" (made here) or "ML" (from abroad) and 12 digits.
/// BPOM_INVALID.
Result<Permit> ParseBpom(std::string_view text);

}  // namespace bangkit::indonesia
