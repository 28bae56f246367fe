#pragma once

#include <string>
#include <string_view>

#include "libs/base/result.h"

namespace bangkit::indonesia {

/// The 13 digits of a business identification number (Nomor Induk Berusaha); spaces, dots and
/// hyphens are left out. NIB_INVALID otherwise. It has no published check digit.
Result<std::string> ParseNib(std::string_view text);

}  // namespace bangkit::indonesia
