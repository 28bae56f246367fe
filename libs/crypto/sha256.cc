#include "libs/crypto/sha256.h"

#include <sodium.h>

namespace bangkit::crypto {
namespace {

crypto_hash_sha256_state* StateOf(std::array<unsigned char, 104>& bytes) {
    static_assert(sizeof(crypto_hash_sha256_state) == 104);
    static_assert(alignof(crypto_hash_sha256_state) <= 8);
    return reinterpret_cast<crypto_hash_sha256_state*>(bytes.data());
}

}  // namespace

Sha256::Sha256() { crypto_hash_sha256_init(StateOf(state_)); }

void Sha256::Add(std::string_view bytes) {
    crypto_hash_sha256_update(StateOf(state_), reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
}

std::string Sha256::Finish() {
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(StateOf(state_), reinterpret_cast<unsigned char*>(hash.data()));
    return hash;
}

}  // namespace bangkit::crypto
