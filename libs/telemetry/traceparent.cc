#include "libs/telemetry/traceparent.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <system_error>

namespace bangkit::telemetry {
namespace {

// 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
constexpr std::size_t kTraceStart = 3;
constexpr std::size_t kTraceDigits = 32;
constexpr std::size_t kSpanStart = 36;
constexpr std::size_t kSpanDigits = 16;
constexpr std::size_t kFlagsStart = 53;
constexpr std::size_t kLength = 55;
constexpr std::size_t kLengthMax = 256;  // Of later versions.

bool IsHex(std::string_view digits) {
    return std::ranges::all_of(
        digits, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsPrintable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

bool IsId(std::string_view digits) {
    return IsHex(digits) && digits.find_first_not_of('0') != std::string_view::npos;
}

std::string RandomId(std::size_t digits) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::array<std::uint8_t, kTraceDigits / 2> bytes{};
    std::string id;
    do {
        if (getentropy(bytes.data(), digits / 2) != 0) {
            throw std::system_error(errno, std::generic_category(), "getentropy");
        }
        id.clear();
        for (std::size_t i = 0; i < digits / 2; ++i) {
            id += kHex[bytes[i] >> 4];
            id += kHex[bytes[i] & 0xF];
        }
    } while (!IsId(id));  // All zeros means "no id".
    return id;
}

bool IsSampled(std::string_view traceparent) {
    constexpr std::string_view kOdd = "13579bdf";
    return kOdd.contains(traceparent[kFlagsStart + 1]);
}

}  // namespace

std::string NewTraceparent() {
    return "00-" + RandomId(kTraceDigits) + "-" + RandomId(kSpanDigits) + "-01";
}

std::string ChildOf(std::string_view parent) {
    if (!IsTraceparent(parent)) return NewTraceparent();
    return "00-" + std::string(TraceId(parent)) + "-" + RandomId(kSpanDigits) +
           (IsSampled(parent) ? "-01" : "-00");
}

bool IsTraceparent(std::string_view text) {
    if (text.size() < kLength || text.size() > kLengthMax) return false;
    const std::string_view version = text.substr(0, 2);
    if (!IsHex(version) || version == "ff") return false;
    if (text.size() > kLength && (version == "00" || text[kLength] != '-')) return false;
    if (!IsPrintable(text.substr(kLength))) return false;
    return text[kTraceStart - 1] == '-' && IsId(text.substr(kTraceStart, kTraceDigits)) &&
           text[kSpanStart - 1] == '-' && IsId(text.substr(kSpanStart, kSpanDigits)) &&
           text[kFlagsStart - 1] == '-' && IsHex(text.substr(kFlagsStart, 2));
}

std::string_view TraceId(std::string_view traceparent) {
    if (!IsTraceparent(traceparent)) return {};
    return traceparent.substr(kTraceStart, kTraceDigits);
}

}  // namespace bangkit::telemetry
