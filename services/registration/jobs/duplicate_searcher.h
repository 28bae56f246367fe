#pragma once

#include <prometheus/counter.h>
#include <prometheus/registry.h>

#include <memory>
#include <string>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"
#include "services/registration/storage/duplicate_search.h"

namespace bangkit::registration {

/// Follows the registry: compares what is new at its end, and goes round and round through the
/// rest, for businesses that have changed and those whose registration took longer than others'.
/// It remembers nothing that has to be kept: see storage/duplicate_search.h.
class DuplicateSearcher {
public:
    /// `keys` must outlive it.
    DuplicateSearcher(std::string dsn, const crypto::KeyRing& keys, prometheus::Registry& metrics,
                      SearchOptions options = {});

    /// One or two steps. False if there was nothing to compare. Throws what the database throws;
    /// the next call begins with a new connection then.
    bool Turn();

private:
    postgres::Connection& Connected();
    SearchStep StepFrom(const std::string& after);

    const std::string dsn_;
    const crypto::KeyRing& keys_;
    const SearchOptions options_;
    prometheus::Counter& compared_;
    prometheus::Counter& found_;
    std::string newest_{kBeforeAll};  // Up to here all was looked at since the start.
    std::string round_{kBeforeAll};   // Up to here in this round.
    std::unique_ptr<postgres::Connection> connection_;
};

}  // namespace bangkit::registration
