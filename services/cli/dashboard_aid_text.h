#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "bangkit/dashboard/v1/dashboard.pb.h"

namespace bangkit::cli {

/// What a dashboard shows of aid, for people, in Indonesian; nothing if there never was any.
void PrintAid(std::ostream& out, const dashboard::v1::Dashboard& dashboard);

/// "di bawah 1 jam", "30 jam", "5 hari"; "–": nobody has waited for anything yet.
std::string WordsForHours(std::int64_t hours, bool is_known);

}  // namespace bangkit::cli
