#pragma once

#include <cstdint>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"

namespace bangkit::registration {

struct RekeyCounts {
    std::int64_t owners = 0;     // Looked at.
    std::int64_t rewrapped = 0;  // Their keys, by the current master key.
    std::int64_t imports = 0;    // Keys of import jobs, by the current master key.
    std::int64_t kept = 0;       // Keys of what devices said and of needs, the same.
    std::int64_t claimed = 0;    // NIKs and NIBs, by keys that did not claim them yet.
    std::int64_t removed = 0;    // Claims by retired keys.
};

/// Moves what is stored to the keys in use, `batch_size` owners or jobs in one transaction, while
/// the service goes on. Ended at any moment, it is run again: what is done stays done. Rows of
/// imports cannot be moved, for nobody knows any more what they said.
RekeyCounts Rekey(postgres::Connection& connection, const crypto::KeyRing& keys,
                  std::int64_t batch_size);

}  // namespace bangkit::registration
