#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/crypto/sealed.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"
#include "services/registration/storage/owner_phones.h"

namespace bangkit::registration {

/// The owners of one transaction: those that are there already, new ones, and those that are
/// changed. Whoever is loaded or made stays open until its end: later commands may change them.
class Owners {
public:
    explicit Owners(const crypto::KeyRing& keys) : keys_(keys), phones_(keys) {}

    /// Opens and locks these owners, in id order. Throws LostRace if one was erased meanwhile,
    /// std::runtime_error if something cannot be opened.
    void LoadKnown(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids);
    /// Opens and locks, in id order, the owners of these businesses. Returns the businesses' tax
    /// numbers by business id. Erased owners are left out. Throws std::runtime_error if something
    /// cannot be opened.
    std::map<std::string, std::string> LoadForChange(postgres::Transaction& transaction,
                                                     const postgres::UuidArray& business_ids);
    /// Of those that were loaded or made; nullptr if there is none, or an erased one.
    const Owner* Find(const std::string& owner_id) const;
    /// An owner that was loaded or made.
    void Change(const std::string& owner_id, Owner owner);
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
    std::map<std::string, Owner> loaded_;
    std::set<std::string> changed_;  // Of those.
    OwnerPhones phones_;
};

/// `wrapped_key`, wrapped by the current master key; itself if it is already.
Result<std::string> Rewrap(const crypto::KeyRing& keys, const std::string& owner_id,
                           std::string_view wrapped_key);

/// Opens what Owners has sealed. kInternal if it is not that.
Result<Owner> OpenOwner(const crypto::KeyRing& keys, const std::string& owner_id,
                        std::string_view wrapped_key, std::string_view personal_data);
Result<std::string> OpenNpwp(const crypto::KeyRing& keys, const std::string& owner_id,
                             std::string_view wrapped_key, const std::string& business_id,
                             std::string_view sealed_npwp);

}  // namespace bangkit::registration
