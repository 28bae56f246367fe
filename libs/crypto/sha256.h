#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace bangkit::crypto {

/// SHA-256 (FIPS 180-4) of bytes that come in pieces. For files, whose clients know it too; what
/// personal data is looked up by is a KeyedHash.
class Sha256 {
public:
    Sha256();
    void Add(std::string_view bytes);
    /// The 32 bytes; once.
    std::string Finish();

private:
    static constexpr std::size_t kStateSize = 104;
    alignas(8) std::array<unsigned char, kStateSize> state_;
};

}  // namespace bangkit::crypto
