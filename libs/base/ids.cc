#include "libs/base/ids.h"

#include <array>
#include <cstdint>
#include <random>

namespace bangkit {
namespace {

constexpr std::size_t kUuidLength = 36;

bool IsDashAt(std::size_t position) {
    return position == 8 || position == 13 || position == 18 || position == 23;
}

/// What makes ids of one thread unique and ascending: random bits, and a 12-bit count within a
/// millisecond.
struct Sequence {
    std::mt19937_64 random{[] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }()};
    std::int64_t millis = 0;
    std::uint64_t count = 0;
};

}  // namespace

std::string NewId(Time now) {
    constexpr std::uint64_t kCountMax = 0xfff;
    thread_local Sequence sequence;
    const auto millis =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    if (millis > sequence.millis) {
        sequence.millis = millis;
        sequence.count = sequence.random() & (kCountMax >> 1);
    } else if (++sequence.count > kCountMax) {
        ++sequence.millis;  // More than fit into a millisecond: borrow from the next one.
        sequence.count = 0;
    }
    const std::uint64_t high =
        static_cast<std::uint64_t>(sequence.millis) << 16 | 0x7000U | sequence.count;
    const std::uint64_t low = (sequence.random() >> 2) | 0x8000'0000'0000'0000U;

    static constexpr char kHex[] = "0123456789abcdef";
    std::string id(kUuidLength, '-');
    int nibble = 0;
    for (std::size_t i = 0; i < kUuidLength; ++i) {
        if (IsDashAt(i)) continue;
        const std::uint64_t half = nibble < 16 ? high : low;
        id[i] = kHex[half >> (60 - 4 * (nibble % 16)) & 0xf];
        ++nibble;
    }
    return id;
}

std::optional<std::string> ParseUuid(std::string_view text) {
    if (text.size() != kUuidLength) return std::nullopt;
    std::string uuid(text);
    for (std::size_t i = 0; i < kUuidLength; ++i) {
        char& c = uuid[i];
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
        const bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (IsDashAt(i) ? c != '-' : !is_hex) return std::nullopt;
    }
    return uuid;
}

}  // namespace bangkit
