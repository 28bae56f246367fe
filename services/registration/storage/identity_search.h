#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/personal_data.h"

namespace bangkit::registration {

/// Whose businesses are found by what identifies a person. Only keyed hashes go to the database.
class IdentitySearch {
public:
    explicit IdentitySearch(const crypto::KeyRing& keys) : keys_(keys) {}

    struct Found {
        std::string business_id;
        std::string owner_id;
        std::string region_code;
    };

    /// Before Load().
    void Want(const FindByIdentity& command);
    void Load(postgres::Transaction& transaction);
    /// In the order of their ids, the oldest first.
    const std::vector<Found>& Find(const FindByIdentity& command) const;

private:
    const crypto::KeyRing& keys_;
    std::map<std::pair<OwnerField, std::string>, std::vector<Found>>
        wanted_;  // By field and value.
};

}  // namespace bangkit::registration
