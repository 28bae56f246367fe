#include "libs/xlsx/format.h"

#include <algorithm>
#include <string>

namespace bangkit::xlsx {
namespace {

/// The letters of the first section that stand for parts of a number or a date: without texts,
/// colours and conditions, paddings, and what is only for negative numbers.
std::string Letters(std::string_view code) {
    std::string letters;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        const char c = code[i];
        if (c == '"' || c == '[') {
            i = std::min(code.find(c == '"' ? '"' : ']', i + 1), code.size() - 1);
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;  // The next character is itself.
        } else {
            letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return letters;
}

}  // namespace

Format BuiltInFormat(unsigned id) {
    const bool is_date = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
                         (id >= 50 && id <= 54) || id == 57 || id == 58;
    return {.kind = is_date ? Format::Kind::kDate : Format::Kind::kNumber};
}

Format ParseFormat(std::string_view code) {
    const std::string letters = Letters(code);
    const auto has = [&letters](const char* any) {
        return letters.find_first_of(any) != std::string::npos;
    };
    if (letters == "general") return {};
    if (!letters.empty() && letters.find_first_not_of('0') == std::string::npos) {
        return {.digits = letters.size()};
    }
    // Beside hours or seconds, m is minutes.
    const bool is_date = has("yd") || (has("m") && !has("hs"));
    return {.kind = is_date ? Format::Kind::kDate : Format::Kind::kNumber};
}

}  // namespace bangkit::xlsx
