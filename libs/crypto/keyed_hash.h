#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "libs/crypto/key_ring.h"

namespace bangkit::crypto {

// Keyed BLAKE2b: equal values have equal hashes, and nobody without the key can try out values (a
// NIK has few enough of them). `label` separates uses: the same value under two labels has
// unrelated hashes.

/// Of what the functions below return.
inline constexpr std::size_t kKeyedHashSize = 33;

/// Key version (1 byte) || hash (32 bytes), with the current key.
std::string KeyedHash(const KeyRing& ring, std::string_view label, std::string_view value);

/// With every key of the ring, the current one first: to find what was stored before a rotation.
std::vector<std::string> KeyedHashes(const KeyRing& ring, std::string_view label,
                                     std::string_view value);

/// True if `stored` is the hash of `value` with the key version that it names. Takes the same time
/// wherever they differ.
bool IsHashOf(const KeyRing& ring, std::string_view stored, std::string_view label,
              std::string_view value);

/// The version of the key that made `hash`.
int KeyVersionOf(std::string_view hash);

}  // namespace bangkit::crypto
