#include "libs/crypto/key.h"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

namespace bangkit::crypto {
namespace {

/// Everything that the library does for us needs a key, so making one is where it gets ready.
void PrepareLibrary() {
    static const bool is_ready = sodium_init() >= 0;
    if (!is_ready) throw std::runtime_error("libsodium cannot be initialised");
}

}  // namespace

Key Key::Random() {
    PrepareLibrary();
    std::array<unsigned char, kSize> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    Key key(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return key;
}

Key::Key(std::span<const unsigned char, kSize> bytes) {
    PrepareLibrary();
    std::ranges::copy(bytes, bytes_.begin());
}

Key::Key(Key&& other) noexcept : bytes_(other.bytes_) {
    sodium_memzero(other.bytes_.data(), kSize);
}

Key& Key::operator=(Key&& other) noexcept {
    if (this != &other) {
        bytes_ = other.bytes_;
        sodium_memzero(other.bytes_.data(), kSize);
    }
    return *this;
}

Key::~Key() { sodium_memzero(bytes_.data(), kSize); }

}  // namespace bangkit::crypto
