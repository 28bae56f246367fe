#include "libs/redis/stamped.h"

#include <cstddef>

namespace bangkit::redis {
namespace {

constexpr std::size_t kNumberSize = 8;

void AppendNumber(std::string& out, std::int64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xFF);
    }
}

std::int64_t ReadNumber(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes.substr(0, kNumberSize)) {
        number = number << 8 | static_cast<unsigned char>(byte);
    }
    return static_cast<std::int64_t>(number);
}

}  // namespace

std::string Encode(Stamp stamp, std::string_view payload) {
    std::string stored;
    stored.reserve(2 * kNumberSize + payload.size());
    AppendNumber(stored, stamp.generation);
    AppendNumber(stored, stamp.version);
    stored += payload;
    return stored;
}

std::optional<Stamped> Decode(std::string_view stored) {
    if (stored.size() < 2 * kNumberSize) return std::nullopt;
    return Stamped{.stamp = {.generation = ReadNumber(stored),
                             .version = ReadNumber(stored.substr(kNumberSize))},
                   .payload = stored.substr(2 * kNumberSize)};
}

}  // namespace bangkit::redis
