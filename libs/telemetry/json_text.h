#pragma once

#include <string>
#include <string_view>

namespace bangkit::telemetry {

/// Appends `text` to `out` as a JSON string with its quotes. Each byte that is no UTF-8 becomes
/// U+FFFD.
void AppendJsonString(std::string& out, std::string_view text);

}  // namespace bangkit::telemetry
