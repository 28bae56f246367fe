#include "libs/xlsx/cell.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

namespace bangkit::xlsx {
namespace {

constexpr int kDigitsKept = 15;  // By spreadsheet programs, of any number.

/// YYYY-MM-DD. nullopt if the calendar of Excel, 1900 to 9999, has no such day.
std::optional<std::string> DateText(double serial, bool counts_from_1904) {
    constexpr int kFrom1904 = 1'462;
    constexpr int kLastDay = 2'958'465;
    constexpr int kNoLeapDay = 60;  // Excel knows a 29 February 1900, and day 1 is 1 January.
    const double day = std::floor(serial) + (counts_from_1904 ? kFrom1904 : 0);
    if (day < 1 || day > kLastDay || day == kNoLeapDay) return std::nullopt;
    using namespace std::chrono;
    const sys_days zero =
        day < kNoLeapDay ? sys_days(1899y / December / 31) : sys_days(1899y / December / 30);
    const year_month_day date = zero + days(static_cast<int>(day));
    char text[] = "0000-00-00";
    const auto put = [&text](std::size_t at, std::size_t digits, unsigned value) {
        for (std::size_t i = at + digits; i > at; value /= 10) {
            text[--i] = static_cast<char>('0' + value % 10);
        }
    };
    put(0, 4, static_cast<unsigned>(static_cast<int>(date.year())));
    put(5, 2, static_cast<unsigned>(date.month()));
    put(8, 2, static_cast<unsigned>(date.day()));
    return text;
}

/// "0.000015" of "1.5e-05".
std::string WithoutExponent(std::string_view text) {
    const std::size_t e = text.find('e');
    int zeros = 0;
    std::from_chars(text.data() + e + 2, text.data() + text.size(), zeros);  // Behind "e-".
    std::string plain = text.starts_with('-') ? "-0." : "0.";
    plain.append(static_cast<std::size_t>(zeros - 1), '0');
    for (const char c : text.substr(0, e)) {
        if (c >= '0' && c <= '9') plain += c;
    }
    return plain;
}

/// Plain digits of a number whose absolute value is below 10^15.
std::string PlainText(double value) {
    char text[32];
    const auto [end, error] = std::to_chars(std::begin(text), std::end(text), value,
                                            std::chars_format::general, kDigitsKept);
    const std::string_view plain(text, end);
    if (plain.contains('e')) return WithoutExponent(plain);
    return plain == "-0" ? "0" : std::string(plain);
}

std::string AtLeast(std::size_t digits, std::string text) {
    const std::size_t begin = text.starts_with('-') ? 1 : 0;
    const std::size_t length = std::min(text.find('.'), text.size()) - begin;
    if (length < digits) text.insert(begin, digits - length, '0');
    return text;
}

std::string Utf8(unsigned code) {
    const auto low = [code](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
    if (code < 0x80) return {static_cast<char>(code)};
    if (code < 0x800) return {static_cast<char>(0xC0 | code >> 6), low(0)};
    return {static_cast<char>(0xE0 | code >> 12), low(6), low(0)};
}

constexpr std::string_view kEscape = "_x";
constexpr std::size_t kEscapeLength = 7;  // Of "_x000D_".

/// The character that an escape at the front of `text` stands for; nullopt if there is none.
std::optional<unsigned> EscapeAtFront(std::string_view text) {
    if (text.size() < kEscapeLength || !text.starts_with(kEscape) || text[6] != '_') return {};
    unsigned code = 0;
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, code, 16);
    const bool is_character = code != 0 && (code < 0xD800 || code > 0xDFFF);
    return end == text.data() + 6 && is_character ? std::optional(code) : std::nullopt;
}

}  // namespace

std::optional<std::size_t> ColumnOf(std::string_view name) {
    constexpr std::size_t kColumns = 16'384;
    std::size_t column = 0;
    std::size_t i = 0;
    for (; i < name.size() && name[i] >= 'A' && name[i] <= 'Z'; ++i) {
        column = column * 26 + static_cast<std::size_t>(name[i] - 'A' + 1);
        if (column > kColumns) return std::nullopt;
    }
    if (i == 0 || i == name.size()) return std::nullopt;
    return column - 1;
}

std::optional<std::string> NumberText(std::string_view text, const Format& format,
                                      bool counts_from_1904) {
    constexpr double kTooLarge = 1e15;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size() || error == std::errc::invalid_argument ||
        !std::isfinite(value)) {
        return std::string(text);
    }
    if (format.kind == Format::Kind::kDate) {
        if (auto date = DateText(value, counts_from_1904)) return date;
    }
    if (error == std::errc::result_out_of_range || std::abs(value) >= kTooLarge - 0.5) {
        return std::nullopt;
    }
    return AtLeast(format.digits, PlainText(value));
}

std::string ScientificText(std::string_view text) {
    constexpr std::size_t kShown = 32;  // Of what is no number of a computer either.
    double value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc()) return std::string(text.substr(0, kShown));
    char shown[kShown];
    const auto [end, unused] = std::to_chars(std::begin(shown), std::end(shown), value,
                                             std::chars_format::scientific, kDigitsKept - 1);
    std::replace(std::begin(shown), end, 'e', 'E');
    return {std::begin(shown), end};
}

std::string Unescaped(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        const std::size_t at = std::min(text.find(kEscape), text.size());
        plain += text.substr(0, at);
        text.remove_prefix(at);
        if (const auto code = EscapeAtFront(text)) {
            plain += Utf8(*code);
            text.remove_prefix(kEscapeLength);
        } else {
            plain += text.substr(0, 1);
            text.remove_prefix(std::min<std::size_t>(1, text.size()));
        }
    }
    return plain;
}

std::string Escaped(std::string_view text) {
    std::string escaped;
    for (; !text.empty(); text.remove_prefix(1)) {
        escaped += EscapeAtFront(text) ? "_x005F_" : text.substr(0, 1);
    }
    return escaped;
}

}  // namespace bangkit::xlsx
