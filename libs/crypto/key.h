#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace bangkit::crypto {

/// 32 secret bytes. There is one copy, which wipes itself.
class Key {
public:
    static constexpr std::size_t kSize = 32;

    static Key Random();
    explicit Key(std::span<const unsigned char, kSize> bytes);
    Key(Key&& other) noexcept;
    Key& operator=(Key&& other) noexcept;
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;
    ~Key();

    std::span<const unsigned char, kSize> bytes() const { return bytes_; }

private:
    std::array<unsigned char, kSize> bytes_;
};

}  // namespace bangkit::crypto
