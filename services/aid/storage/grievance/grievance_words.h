#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/crypto/key_ring.h"
#include "libs/crypto/sealed.h"

namespace bangkit::aid {

/// Who filed a grievance; whatever they did not say is empty.
struct Reporter {
    std::string name = {};
    std::string phone = {};  // E.164.
    std::string email = {};
    bool operator==(const Reporter&) const = default;
};

/// What somebody says in a grievance; the reporter when it is filed, else only a text.
struct GrievanceWords {
    std::string text = {};
    Reporter reporter = {};
    bool operator==(const GrievanceWords&) const = default;
};

// All that is said in a grievance is sealed with a key of its own: destroyed, it is gone
// everywhere. Reporters need not be owners, so it is no owner's key.

struct SealedGrievance {
    std::string wrapped_key;
    std::string words;
};
SealedGrievance SealGrievance(const crypto::KeyRing& keys, const std::string& grievance_id,
                              const GrievanceWords& words);

/// What wraps it is not empty. kInternal if it is not what was sealed.
Result<crypto::Key> OpenGrievanceKey(const crypto::KeyRing& keys, const std::string& grievance_id,
                                     std::string_view wrapped_key);
Result<GrievanceWords> OpenGrievance(const crypto::Key& key, const std::string& grievance_id,
                                     std::string_view words);

/// A message of the grievance, by the version with which it was said.
std::string SealMessage(const crypto::Key& key, const std::string& grievance_id,
                        std::int64_t version, std::string_view text);
Result<std::string> OpenMessage(const crypto::Key& key, const std::string& grievance_id,
                                std::int64_t version, std::string_view words);

/// `wrapped_key`, wrapped by the current master key; itself if it is already.
Result<std::string> RewrapGrievanceKey(const crypto::KeyRing& keys, const std::string& grievance_id,
                                       std::string_view wrapped_key);

}  // namespace bangkit::aid
