#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"

namespace bangkit::indonesia {

/// A taxpayer's number (Nomor Pokok Wajib Pajak). Since 14 July 2022 that of a resident is the NIK.
struct Npwp {
    std::string digits;                      // 15, also when given as "0" + 15; 16 if it is a NIK.
    bool is_nik = false;                     // Then it is personal data like any NIK.
    std::vector<std::string> warnings = {};  // "NPWP_CHECKSUM", or those of the NIK.
    bool operator==(const Npwp&) const = default;
};

/// Spaces, dots and hyphens are left out. NPWP_INVALID if it is no such number. A wrong check digit
/// is a warning, for the rule (Luhn, over the first nine) is thinly documented.
Result<Npwp> ParseNpwp(std::string_view text, Date today);

}  // namespace bangkit::indonesia
