#include "libs/crypto/signed_token.h"

#include <sodium.h>

#include <algorithm>

#include "libs/crypto/keyed_hash.h"

namespace bangkit::crypto {
namespace {

constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t kTokenMax = 2'048;

bool IsInAlphabet(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

}  // namespace

std::string SignToken(const KeyRing& ring, std::string_view label, std::string_view payload) {
    const std::string bytes = KeyedHash(ring, label, payload) + std::string(payload);
    std::string token(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(token.data(), token.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), kVariant);
    token.pop_back();  // The terminating NUL.
    return token;
}

std::optional<std::string> OpenToken(const KeyRing& ring, std::string_view label,
                                     std::string_view token) {
    // libsodium would read the byte 0xFF as '_', so a token could be written in more than one way.
    if (token.size() > kTokenMax || !std::ranges::all_of(token, IsInAlphabet)) return std::nullopt;
    std::string bytes(token.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                          token.data(), token.size(), nullptr, &size, nullptr, kVariant) != 0 ||
        size < kKeyedHashSize) {
        return std::nullopt;
    }
    bytes.resize(size);
    std::string payload = bytes.substr(kKeyedHashSize);
    if (!IsHashOf(ring, bytes.substr(0, kKeyedHashSize), label, payload)) return std::nullopt;
    return payload;
}

}  // namespace bangkit::crypto
