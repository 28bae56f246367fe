#pragma once

#include <string>

#include "libs/base/clock.h"

namespace bangkit {

/// RFC 3339 with microseconds: "2022-05-12T03:04:05.678901Z".
std::string FormatUtc(Time time);

}  // namespace bangkit
