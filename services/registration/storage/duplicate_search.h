#pragma once

#include <cstdint>
#include <string>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"

namespace bangkit::registration {

// Businesses that have changed since they were compared last are compared with those that they meet
// (domain/duplicates.h). Which ones these are follows from the tables: there is nothing to lose,
// and whoever is killed at any moment is followed by somebody who goes on. Two who are at it at
// once would miss pairs of which each has one half: only one writes at a time, by an advisory lock.

struct SearchOptions {
    std::int64_t span = 1'000;     // Businesses of which it is seen whether they have changed.
    std::int64_t batch = 64;       // Of these, those that are compared; in one transaction.
    std::int64_t met_by_key = 50;  // The newest ones with that key.
    std::size_t pairs_max = 20;    // Of one business: those with the highest scores.
    bool waits = false;            // For others to be done; else it leaves it to them.
    bool only_known = false;       // Leaves alone what was never compared.
};

struct SearchStep {
    bool is_mine = true;         // False: others are at it, and nothing was done.
    std::string last;            // Up to this business; the next step goes on behind it.
    bool is_end = false;         // There is none behind it.
    std::int64_t looked_at = 0;  // Businesses that have changed.
    std::int64_t compared = 0;   // Pairs of businesses.
    std::int64_t found = 0;      // Of these, those that are new or were found for other reasons.
};

/// Ids are after this one.
inline constexpr std::string_view kBeforeAll = "00000000-0000-0000-0000-000000000000";

/// One transaction, the work of which is bounded by `options`. The connection sees all regions.
SearchStep SearchDuplicates(postgres::Connection& connection, const crypto::KeyRing& keys,
                            const std::string& after, const SearchOptions& options);

/// What the businesses of these owners are compared by, and the pairs that nobody has decided on
/// yet, or that an undo would open again. For erasures, which nobody who compares overtakes.
void ForgetComparisons(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids);

}  // namespace bangkit::registration
