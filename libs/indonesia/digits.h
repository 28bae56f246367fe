#pragma once

#include <string>
#include <string_view>

namespace bangkit::indonesia {

/// '0' to '9', whatever the locale.
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// True if `text` consists of `count` digits and nothing else.
bool IsDigits(std::string_view text, std::size_t count);

/// `text` without any of the characters in `separators`.
std::string Without(std::string_view text, std::string_view separators);

/// The number that the digits `text` write, at most nine of them.
int ToInt(std::string_view text);

}  // namespace bangkit::indonesia
