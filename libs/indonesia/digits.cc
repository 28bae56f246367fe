#include "libs/indonesia/digits.h"

#include <algorithm>

namespace bangkit::indonesia {

bool IsDigits(std::string_view text, std::size_t count) {
    return text.size() == count && std::ranges::all_of(text, IsDigit);
}

std::string Without(std::string_view text, std::string_view separators) {
    std::string kept(text);
    std::erase_if(kept, [&](char c) { return separators.find(c) != std::string_view::npos; });
    return kept;
}

int ToInt(std::string_view text) {
    int number = 0;
    for (const char digit : text) number = number * 10 + (digit - '0');
    return number;
}

}  // namespace bangkit::indonesia
