#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "libs/crypto/key_ring.h"
#include "libs/crypto/sealed.h"
#include "libs/postgres/connection.h"

namespace bangkit::registration {

/// The keys that seal what intake keeps of businesses and owners: one for each of these subjects,
/// made when it is first needed.
class IntakeKeys {
public:
    explicit IntakeKeys(const crypto::KeyRing& keys) : keys_(keys) {}

    void Load(postgres::Transaction& transaction, const std::set<std::string>& subject_ids);
    /// `place`: where the sealed value belongs; moved elsewhere it does not open.
    std::string Seal(const std::string& subject_id, std::string_view text,
                     const std::string& place);
    /// Throws std::runtime_error if it is not what was sealed there.
    std::string Open(const std::string& subject_id, std::string_view sealed,
                     const std::string& place) const;
    void Save(postgres::Transaction& transaction) const;

private:
    const crypto::KeyRing& keys_;
    std::map<std::string, crypto::Key> by_subject_;
    std::set<std::string> made_;
};

/// `wrapped_key`, wrapped by the current master key; itself if it is already.
Result<std::string> RewrapIntakeKey(const crypto::KeyRing& keys, const std::string& subject_id,
                                    std::string_view wrapped_key);

}  // namespace bangkit::registration
