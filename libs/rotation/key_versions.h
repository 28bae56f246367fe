#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"

namespace bangkit::rotation {

/// Tables of data keys, each in a column wrapped_key (empty or NULL: destroyed), in the order in
/// which they are locked.
using SealedTables = std::span<const char* const>;

/// Notes the keys of this process. Throws SettingError if it lacks one that another process has
/// had and that is not retired.
void AnnounceKeys(postgres::Connection& connection, const crypto::KeyRing& keys);

/// True if the ring has every key that is not retired: only then does it find all that is stored.
bool HasAllKeys(postgres::Transaction& transaction, const crypto::KeyRing& keys);

/// What would be lost with a key.
struct KeyNeed {
    std::string what;
    std::int64_t count = 0;
    bool can_be_moved = false;  // By a rekeying; the others go when their time is over.
};

/// What needs one version of a key.
class KeyNeeds {
public:
    /// `connection` must outlive it.
    KeyNeeds(postgres::Connection& connection, int version)
        : connection_(connection), version_(version) {}

    /// `sql` counts; $1 is the version, a bigint.
    void Add(const std::string& what, bool can_be_moved, std::string_view sql);
    void AddSealed(SealedTables tables);
    /// Fingerprints of requests, which go when their time is over.
    void AddRequests();

    /// Empty if nothing needs it.
    const std::vector<KeyNeed>& all() const { return needs_; }

private:
    postgres::Connection& connection_;
    const int version_;
    std::vector<KeyNeed> needs_;
};

/// Processes may start without this key; and nothing that a master key seals can be stored under it
/// any more. False, and nothing has happened, if something was sealed since it was looked for. The
/// connection is the owner's of the tables.
bool RetireKey(postgres::Connection& connection, crypto::KeyPurpose purpose, int version,
               SealedTables tables);

}  // namespace bangkit::rotation
