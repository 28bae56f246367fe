#pragma once

#include <cstdint>
#include <set>

namespace bangkit::registration {

/// A set of small numbers as bits: {1, 3} is 0b1010.
template <typename Enum>
std::int16_t ToBits(const std::set<Enum>& members) {
    int bits = 0;
    for (const Enum member : members) bits |= 1 << static_cast<int>(member);
    return static_cast<std::int16_t>(bits);
}
template <typename Enum>
std::set<Enum> FromBits(std::int64_t bits) {
    std::set<Enum> members;
    for (int i = 0; i < 15; ++i) {
        if ((bits >> i & 1) != 0) members.insert(static_cast<Enum>(i));
    }
    return members;
}

}  // namespace bangkit::registration
