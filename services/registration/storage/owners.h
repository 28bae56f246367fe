#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/crypto/sealed.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// The owners of one transaction: those that are there already (their keys), and new ones, sealed
/// at once, so that no plaintext outlives the command.
class Owners {
public:
    explicit Owners(const crypto::KeyRing& keys) : keys_(keys) {}

    /// The keys of these owners. Throws std::runtime_error if one cannot be unwrapped.
    void LoadKeys(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids);
    void Create(const std::string& owner_id, const Owner& owner, Time now);
    /// A tax number, sealed with the key of its business's owner; empty for none.
    std::string SealNpwp(const std::string& owner_id, const std::string& business_id,
                         const std::string& npwp) const;
    void Save(postgres::Transaction& transaction) const;

private:
    const crypto::KeyRing& keys_;
    std::map<std::string, crypto::Key> owner_keys_;
    postgres::UuidArray ids_;
    postgres::BytesArray wrapped_keys_, personal_data_;
    postgres::TimeArray created_at_;
};

/// Opens what Owners has sealed. kInternal if it is not that.
Result<Owner> OpenOwner(const crypto::KeyRing& keys, const std::string& owner_id,
                        std::string_view wrapped_key, std::string_view personal_data);
Result<std::string> OpenNpwp(const crypto::KeyRing& keys, const std::string& owner_id,
                             std::string_view wrapped_key, const std::string& business_id,
                             std::string_view sealed_npwp);

}  // namespace bangkit::registration
