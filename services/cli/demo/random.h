#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace bangkit::cli {

/// Numbers that look random and are the same for the same seed on every machine (SplitMix64),
/// unlike those of <random>'s distributions.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t Next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31);
    }
    /// From `first` to `last`, both included.
    std::int64_t Between(std::int64_t first, std::int64_t last) {
        const auto choices = static_cast<std::uint64_t>(last - first) + 1;
        return first + static_cast<std::int64_t>(Next() % choices);
    }
    bool Chance(int percent) { return Between(1, 100) <= percent; }

    /// Around 0 with a deviation of 1, between -6 and 6: the sum of twelve numbers between 0 and 1,
    /// less 6.
    double Normal() {
        double sum = -6.0;
        for (int i = 0; i < 12; ++i) sum += static_cast<double>(Next() >> 11) * 0x1p-53;
        return sum;
    }

    template <typename T>
    const T& Pick(std::span<const T> choices) {
        return choices[static_cast<std::size_t>(Next() % choices.size())];
    }

    /// A seed for something that `parts` name.
    static std::uint64_t Mix(std::uint64_t seed, std::string_view name, std::uint64_t index) {
        Random mix(seed);
        for (const char c : name) mix.state_ = mix.Next() ^ static_cast<unsigned char>(c);
        mix.state_ = mix.Next() ^ index;
        return mix.Next();
    }

private:
    std::uint64_t state_;
};

}  // namespace bangkit::cli
