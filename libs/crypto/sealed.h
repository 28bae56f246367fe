#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "libs/base/result.h"
#include "libs/crypto/key.h"
#include "libs/crypto/key_ring.h"

namespace bangkit::crypto {

// Personal data is sealed (XChaCha20-Poly1305) with a key per owner, and that key is wrapped by the
// master key: destroying the wrapped key erases the owner. What is sealed opens only with the
// associated data that it was sealed with, so a value that is moved to another row or column does
// not open.

/// Associated data from constant labels and ids: each part with its length in front, so that no two
/// lists of parts make the same bytes.
std::string Aad(std::initializer_list<std::string_view> parts);

/// nonce || ciphertext: 40 bytes longer than `plaintext`, and different each time.
std::string Seal(const Key& key, std::string_view plaintext, std::string_view aad);
/// kInternal "SEAL_BROKEN" if key, bytes or associated data are not those of Seal().
Result<std::string> Open(const Key& key, std::string_view sealed, std::string_view aad);

Key NewOwnerKey();

/// Master key version (1 byte) || the key, sealed: 73 bytes.
std::string WrapKey(const KeyRing& ring, const Key& owner_key, std::string_view aad);
bool IsWrappedByCurrent(const KeyRing& ring, std::string_view wrapped);
/// Opens what any version in `ring` wrapped. Else kInternal: "KEY_VERSION_UNKNOWN" or
/// "SEAL_BROKEN".
Result<Key> UnwrapKey(const KeyRing& ring, std::string_view wrapped, std::string_view aad);

}  // namespace bangkit::crypto
