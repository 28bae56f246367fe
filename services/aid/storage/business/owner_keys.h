#pragma once

#include <map>
#include <string>
#include <string_view>

#include "libs/crypto/key_ring.h"
#include "libs/crypto/sealed.h"
#include "libs/postgres/connection.h"

namespace bangkit::aid {

/// The keys with which owners' personal data is sealed, for one transaction. A key that is
/// destroyed meanwhile waits until its end.
class OwnerKeys {
public:
    explicit OwnerKeys(const crypto::KeyRing& keys) : keys_(keys) {}

    /// Those that there are. Throws std::runtime_error if one cannot be opened.
    void Load(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids);
    /// nullptr if there is none: nothing was ever sealed, or the owner's data was erased.
    const crypto::Key* Find(const std::string& owner_id) const;
    /// A new one if there is none. Only for owners who are known not to be erased, by rows that are
    /// locked.
    const crypto::Key& FindOrMake(const std::string& owner_id);
    /// Whoever makes a key for the same owner at the same time wins or loses the race for it.
    void Save(postgres::Transaction& transaction) const;

private:
    const crypto::KeyRing& keys_;
    std::map<std::string, crypto::Key> open_;
    postgres::UuidArray made_;
    postgres::BytesArray wrapped_;
};

/// What OwnerKeys has stored. kInternal if it is not that.
Result<crypto::Key> OpenOwnerKey(const crypto::KeyRing& keys, const std::string& owner_id,
                                 std::string_view wrapped_key);
/// `wrapped_key`, wrapped by the current master key; itself if it is already.
Result<std::string> RewrapOwnerKey(const crypto::KeyRing& keys, const std::string& owner_id,
                                   std::string_view wrapped_key);

}  // namespace bangkit::aid
