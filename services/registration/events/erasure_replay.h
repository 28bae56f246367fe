#pragma once

#include <cstdint>
#include <string>

#include "libs/base/logger.h"
#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"

namespace bangkit::registration {

struct ReplayCounts {
    std::int64_t events = 0;          // That say that somebody was erased.
    std::int64_t erased = 0;          // Owners who were back.
    std::int64_t erased_already = 0;  // Owners who were not.
    std::int64_t unknown = 0;         // Owners whom this copy of the database never knew.
};

/// Erases again whoever was erased, as `topic` tells: a database that comes from a backup may be
/// older than that. To be run before anything is served from it; any number of times. Nothing is
/// published: the events are there.
ReplayCounts ReplayErasures(postgres::Connection& connection, const crypto::KeyRing& keys,
                            const std::string& brokers, const std::string& topic, Logger& logger);

}  // namespace bangkit::registration
