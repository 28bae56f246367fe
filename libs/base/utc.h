#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/base/clock.h"

namespace bangkit {

/// RFC 3339 with microseconds: "2022-05-12T03:04:05.678901Z".
std::string FormatUtc(Time time);

/// What FormatUtc() makes of a time between 1970 and 2199; nullopt for anything else.
std::optional<Time> ParseUtc(std::string_view text);

}  // namespace bangkit
