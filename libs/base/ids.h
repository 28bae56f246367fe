#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/base/clock.h"

namespace bangkit {

/// A new UUIDv7 (RFC 9562), lower case: ordered by `now` in milliseconds, random otherwise. Ids
/// made one after the other by one thread within a millisecond ascend too.
std::string NewId(Time now);

/// `text` as a lower-case UUID; nullopt if it is none.
std::optional<std::string> ParseUuid(std::string_view text);

}  // namespace bangkit
