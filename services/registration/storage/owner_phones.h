#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"

namespace bangkit::registration {

/// The keyed hashes of a telephone number, one by each key of the ring; none of an empty one.
std::vector<std::string> PhoneHashes(const crypto::KeyRing& keys, std::string_view phone);

/// Whose telephone number it is, by keyed hash: what one transaction changes of it. Many owners may
/// have the same number. Numbers are kept by every key that is in use and found by every key that
/// there is.
class OwnerPhones {
public:
    explicit OwnerPhones(const crypto::KeyRing& keys) : keys_(keys) {}

    void Add(const std::string& owner_id, std::string_view phone);
    void Remove(const std::string& owner_id, std::string_view phone);
    void Save(postgres::Transaction& transaction) const;

private:
    using Entry = std::pair<std::string, std::string>;  // Hash and owner id.

    const crypto::KeyRing& keys_;
    std::set<Entry> added_, removed_;
};

}  // namespace bangkit::registration
