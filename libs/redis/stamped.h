#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bangkit::redis {

/// How new a value is: a rebuild raises the generation, a change the version. Neither is negative.
struct Stamp {
    std::int64_t generation = 0;
    std::int64_t version = 0;
    auto operator<=>(const Stamp&) const = default;
};

struct Stamped {
    Stamp stamp;
    std::string_view payload;  // Points into what was decoded.
};

/// The stored form: generation and version (8 bytes each, big endian), then the payload.
std::string Encode(Stamp stamp, std::string_view payload);
/// nullopt if `stored` is too short to hold a stamp.
std::optional<Stamped> Decode(std::string_view stored);

}  // namespace bangkit::redis
