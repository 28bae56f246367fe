#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/crypto/key_ring.h"

namespace bangkit::crypto {

// A text that goes to a client and comes back as it was, such as a page token: readable, but only
// we can make one, and only for the use that `label` names.

/// base64url(hash || payload), with the current hash key.
std::string SignToken(const KeyRing& ring, std::string_view label, std::string_view payload);
/// The payload; nullopt if the token was made for another label, with an unknown key, or by
/// somebody else.
std::optional<std::string> OpenToken(const KeyRing& ring, std::string_view label,
                                     std::string_view token);

}  // namespace bangkit::crypto
