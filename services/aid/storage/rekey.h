#pragma once

#include <cstdint>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"

namespace bangkit::aid {

struct RekeyCounts {
    std::int64_t rewrapped = 0;   // Keys of owners, by the current master key.
    std::int64_t households = 0;  // Family cards, by keys that did not know them yet.
};

/// Moves what is stored to the keys in use, `batch_size` rows in one transaction, while the service
/// goes on. Ended at any moment, it is run again: what is done stays done.
RekeyCounts Rekey(postgres::Connection& connection, const crypto::KeyRing& keys,
                  std::int64_t batch_size);

}  // namespace bangkit::aid
