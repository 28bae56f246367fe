#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "libs/crypto/key_ring.h"

namespace bangkit::command {

/// Tells a retry from another request: keyed hashes, one by each key of the ring, of its type and
/// of all its fields but `request_id`. Keyed, because requests hold numbers that could be guessed.
std::string Fingerprint(const crypto::KeyRing& keys, const google::protobuf::Message& request);

/// True if two fingerprints are of the same request, also when processes with different keys made
/// them, of which they share one.
bool IsSameRequest(std::string_view one, std::string_view other);

}  // namespace bangkit::command
