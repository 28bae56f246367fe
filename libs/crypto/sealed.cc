#include "libs/crypto/sealed.h"

#include <sodium.h>

#include <cstddef>
#include <cstdint>

namespace bangkit::crypto {
namespace {

constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == Key::kSize);

const unsigned char* Bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::unexpected<Error> Broken() {
    return Refused(ErrorCode::kInternal, "SEAL_BROKEN", "protected data cannot be opened");
}

}  // namespace

std::string Aad(std::initializer_list<std::string_view> parts) {
    std::string bytes;
    for (const std::string_view part : parts) {
        const auto size = static_cast<std::uint64_t>(part.size());
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes += static_cast<char>(size >> shift & 0xFF);
        }
        bytes += part;
    }
    return bytes;
}

std::string Seal(const Key& key, std::string_view plaintext, std::string_view aad) {
    std::string sealed(kNonceSize + plaintext.size() + kTagSize, '\0');
    unsigned char* nonce = Bytes(sealed);  // 24 random bytes never repeat, with no counter to keep.
    randombytes_buf(nonce, kNonceSize);
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonceSize, nullptr, Bytes(plaintext),
                                               plaintext.size(), Bytes(aad), aad.size(), nullptr,
                                               nonce, key.bytes().data());
    return sealed;
}

Result<std::string> Open(const Key& key, std::string_view sealed, std::string_view aad) {
    if (sealed.size() < kNonceSize + kTagSize) return Broken();
    const std::string_view nonce = sealed.substr(0, kNonceSize);
    const std::string_view ciphertext = sealed.substr(kNonceSize);
    std::string plaintext(ciphertext.size() - kTagSize, '\0');
    const bool is_genuine =
        crypto_aead_xchacha20poly1305_ietf_decrypt(
            Bytes(plaintext), nullptr, nullptr, Bytes(ciphertext), ciphertext.size(), Bytes(aad),
            aad.size(), Bytes(nonce), key.bytes().data()) == 0;
    if (!is_genuine) return Broken();
    return plaintext;
}

Key NewOwnerKey() { return Key::Random(); }

std::string WrapKey(const KeyRing& ring, const Key& owner_key, std::string_view aad) {
    const std::string_view secret(reinterpret_cast<const char*>(owner_key.bytes().data()),
                                  Key::kSize);
    return static_cast<char>(ring.CurrentVersion(KeyPurpose::kMaster)) +
           Seal(ring.Current(KeyPurpose::kMaster), secret, aad);
}

bool IsWrappedByCurrent(const KeyRing& ring, std::string_view wrapped) {
    return !wrapped.empty() &&
           static_cast<unsigned char>(wrapped.front()) == ring.CurrentVersion(KeyPurpose::kMaster);
}

Result<Key> UnwrapKey(const KeyRing& ring, std::string_view wrapped, std::string_view aad) {
    if (wrapped.empty()) return Broken();
    const Key* master = ring.Find(KeyPurpose::kMaster, static_cast<unsigned char>(wrapped[0]));
    if (master == nullptr) {
        return Refused(ErrorCode::kInternal, "KEY_VERSION_UNKNOWN",
                       "the master key that protects this data is not installed");
    }
    Result<std::string> secret = Open(*master, wrapped.substr(1), aad);
    if (!secret) return std::unexpected(std::move(secret.error()));
    if (secret->size() != Key::kSize) return Broken();
    Key key(std::span<const unsigned char, Key::kSize>(Bytes(*secret), Key::kSize));
    sodium_memzero(secret->data(), secret->size());
    return key;
}

}  // namespace bangkit::crypto
