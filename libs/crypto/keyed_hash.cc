#include "libs/crypto/keyed_hash.h"

#include <sodium.h>

#include "libs/crypto/sealed.h"

namespace bangkit::crypto {
namespace {

constexpr std::size_t kHashSize = kKeyedHashSize - 1;

std::string HashWith(int version, const Key& key, std::string_view message) {
    std::string hash(1 + kHashSize, static_cast<char>(version));
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()) + 1, kHashSize,
                       reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                       key.bytes().data(), Key::kSize);
    return hash;
}

}  // namespace

std::string KeyedHash(const KeyRing& ring, std::string_view label, std::string_view value) {
    return HashWith(ring.CurrentVersion(KeyPurpose::kHash), ring.Current(KeyPurpose::kHash),
                    Aad({label, value}));
}

std::vector<std::string> KeyedHashes(const KeyRing& ring, std::string_view label,
                                     std::string_view value) {
    std::vector<std::string> hashes;
    for (const int version : ring.Versions(KeyPurpose::kHash)) {
        hashes.push_back(
            HashWith(version, *ring.Find(KeyPurpose::kHash, version), Aad({label, value})));
    }
    return hashes;
}

bool IsHashOf(const KeyRing& ring, std::string_view stored, std::string_view label,
              std::string_view value) {
    if (stored.size() != kKeyedHashSize) return false;
    const int version = KeyVersionOf(stored);
    const Key* key = ring.Find(KeyPurpose::kHash, version);
    if (key == nullptr) return false;
    const std::string hash = HashWith(version, *key, Aad({label, value}));
    return sodium_memcmp(hash.data(), stored.data(), hash.size()) == 0;
}

int KeyVersionOf(std::string_view hash) {
    return hash.empty() ? 0 : static_cast<unsigned char>(hash.front());
}

}  // namespace bangkit::crypto
