#include "libs/base/text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace bangkit {
namespace {

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 0;  // 0: malformed.
};

/// How a first byte goes on: the bytes of its code point, and the smallest one that needs them.
struct Form {
    std::size_t bytes;
    std::uint32_t mask;
    std::uint32_t smallest;
};

Form FormOf(unsigned char first) {
    if (first < 0x80) return {1, 0x7F, 0};
    if ((first & 0xE0) == 0xC0) return {2, 0x1F, 0x80};
    if ((first & 0xF0) == 0xE0) return {3, 0x0F, 0x800};
    if ((first & 0xF8) == 0xF0) return {4, 0x07, 0x10000};
    return {0, 0, 0};
}

CodePoint FirstOf(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const Form form = FormOf(first);
    if (form.bytes == 0 || form.bytes > text.size()) return {};
    std::uint32_t value = first & form.mask;
    for (std::size_t i = 1; i < form.bytes; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0) != 0x80) return {};
        value = value << 6 | (next & 0x3FU);
    }
    const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < form.smallest || value > 0x10FFFF || is_surrogate) return {};
    return {value, form.bytes};
}

bool IsControl(std::uint32_t value) { return value < 0x20 || (value >= 0x7F && value < 0xA0); }

/// U+FFFE, U+FFFF and the last two of each other plane: XML may not hold the first two.
bool IsNoCharacter(std::uint32_t value) { return (value & 0xFFFE) == 0xFFFE; }

}  // namespace

bool IsPlainText(std::string_view text) {
    while (!text.empty()) {
        const CodePoint point = FirstOf(text);
        const bool is_shown = !IsControl(point.value) && !IsNoCharacter(point.value);
        if (point.bytes == 0 || !is_shown) return false;
        text.remove_prefix(point.bytes);
    }
    return true;
}

std::string ToPlainText(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = FirstOf(text);
        const std::size_t bytes = std::max<std::size_t>(1, point.bytes);
        if (point.bytes == 0 || IsNoCharacter(point.value)) {
            plain += "\uFFFD";
        } else if (IsControl(point.value)) {
            plain += ' ';
        } else {
            plain += text.substr(0, bytes);
        }
        text.remove_prefix(bytes);
    }
    return plain;
}

std::string_view Trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace bangkit
