#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"

namespace bangkit::registration {

/// Notes the keys of this process. Throws SettingError if it lacks one that another process has
/// had and that is not retired.
void AnnounceKeys(postgres::Connection& connection, const crypto::KeyRing& keys);

/// True if the ring has every key that is not retired: only then does it find all that is stored.
bool HasAllKeys(postgres::Transaction& transaction, const crypto::KeyRing& keys);

/// What would be lost with a key.
struct KeyNeed {
    // "owners", "import_jobs", "claims", "import_rows", "import_failed_rows", "erased_niks",
    // "requests".
    std::string what;
    std::int64_t count = 0;
    bool can_be_moved = false;  // By Rekey(); the others go when their time is over.
};
/// Empty if nothing stored needs this key.
std::vector<KeyNeed> WhatNeedsKey(postgres::Connection& connection, crypto::KeyPurpose purpose,
                                  int version);

/// Processes may start without this key; and nothing that a master key seals can be stored under it
/// any more, so that a process which was not restarted fails, instead of sealing what nobody will
/// open. False, and nothing has happened, if something was sealed since it was looked for. The
/// connection is the owner's of the tables.
bool RetireKey(postgres::Connection& connection, crypto::KeyPurpose purpose, int version);

}  // namespace bangkit::registration
