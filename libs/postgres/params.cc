#include "libs/postgres/params.h"

#include <stdexcept>

namespace bangkit::postgres {
namespace {

constexpr Date kEpoch{std::chrono::year(2000) / 1 / 1};

int HexValue(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    throw std::invalid_argument("not a UUID");
}

}  // namespace

std::int64_t ToMicros(Time time) {
    return std::chrono::floor<std::chrono::microseconds>(time - kEpoch).count();
}

Time FromMicros(std::int64_t micros) { return kEpoch + std::chrono::microseconds(micros); }

std::int32_t ToDays(Date date) { return static_cast<std::int32_t>((date - kEpoch).count()); }

Date FromDays(std::int32_t days) { return kEpoch + std::chrono::days(days); }

std::array<char, 16> UuidBytes(std::string_view uuid) {
    std::array<char, 16> bytes{};
    std::size_t nibbles = 0;
    for (const char c : uuid) {
        if (c == '-') continue;
        if (nibbles == 2 * bytes.size()) throw std::invalid_argument("not a UUID");
        char& byte = bytes[nibbles / 2];
        byte = static_cast<char>(byte << 4 | HexValue(c));  // The second one moves the first.
        ++nibbles;
    }
    if (nibbles != 2 * bytes.size()) throw std::invalid_argument("not a UUID");
    return bytes;
}

std::string UuidText(std::string_view bytes) {
    static constexpr char kHex[] = "0123456789abcdef";
    if (bytes.size() != 16) throw std::logic_error("not a uuid column");
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        const auto byte = static_cast<unsigned char>(bytes[i]);
        text += kHex[byte >> 4];
        text += kHex[byte & 0xf];
    }
    return text;
}

}  // namespace bangkit::postgres
