#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "libs/crypto/key_ring.h"

namespace bangkit::command {

/// Two requests with the same fingerprint are the same request: a keyed hash of its type and of all
/// its fields but `request_id`. Keyed, because requests hold numbers that could be guessed.
std::string Fingerprint(const crypto::KeyRing& keys, const google::protobuf::Message& request);

}  // namespace bangkit::command
