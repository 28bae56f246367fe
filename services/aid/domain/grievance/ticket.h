#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/base/result.h"

namespace bangkit::aid {

/// A ticket number of 60 bits, too many to be guessed: 12 letters and digits without I, L, O and U
/// (Crockford's base 32), in groups: "7K3M-9QDX-2FJ8".
std::string MakeTicket(std::uint64_t random);

/// As MakeTicket() writes it, however somebody has written it down: any case, with or without
/// dashes and spaces, O for 0 and I or L for 1. TICKET_INVALID.
Result<std::string> ParseTicket(std::string_view text);

}  // namespace bangkit::aid
