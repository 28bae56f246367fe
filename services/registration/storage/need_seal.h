#pragma once

#include <string>
#include <string_view>

#include "libs/crypto/key_ring.h"
#include "libs/crypto/sealed.h"

namespace bangkit::registration {

/// The words of a need, sealed with a key of their own: destroyed, they are gone everywhere.
struct SealedNeedText {
    std::string wrapped_key;  // Empty: there are none.
    std::string text;
};
SealedNeedText SealNeedText(const crypto::KeyRing& keys, const std::string& need_id,
                            std::string_view text);
/// Empty if there are none. kInternal if it is not what was sealed.
Result<std::string> OpenNeedText(const crypto::KeyRing& keys, const std::string& need_id,
                                 std::string_view wrapped_key, std::string_view sealed);
/// `wrapped_key`, wrapped by the current master key; itself if it is already.
Result<std::string> RewrapNeedKey(const crypto::KeyRing& keys, const std::string& need_id,
                                  std::string_view wrapped_key);

}  // namespace bangkit::registration
