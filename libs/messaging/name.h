#pragma once

#include <algorithm>
#include <string_view>

namespace bangkit::messaging {

/// True for what may name a topic or a type: letters, digits, dots, dashes and underscores.
/// Whatever comes from outside must pass before it goes into a statement or a log.
inline bool IsName(std::string_view text) {
    constexpr std::size_t kMax = 200;
    return !text.empty() && text.size() <= kMax && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    });
}

}  // namespace bangkit::messaging
