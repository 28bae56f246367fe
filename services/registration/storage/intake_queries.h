#pragma once

#include <string>
#include <vector>

#include "bangkit/registration/v1/intake.pb.h"
#include "libs/crypto/key_ring.h"
#include "libs/postgres/pool.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {

/// A place in the list, which is ordered by both.
struct IntakeConflictPosition {
    std::string business_id;
    std::string conflict_id;
};

/// Reads of what is in review, each in a transaction that says to row-level security who is
/// looking.
class IntakeQueries {
public:
    /// All must outlive it.
    IntakeQueries(postgres::Pool& pool, const crypto::KeyRing& keys, const Queries& businesses)
        : pool_(pool), keys_(keys), businesses_(businesses) {}

    /// Up to `limit` conflicts behind `after`, of one business or of all. Both values are there as
    /// they are: mask them before they leave the process.
    std::vector<v1::IntakeConflict> List(const Viewer& viewer, const std::string& business_id,
                                         const IntakeConflictPosition& after,
                                         std::int64_t limit) const;

private:
    postgres::Pool& pool_;
    const crypto::KeyRing& keys_;
    const Queries& businesses_;
};

}  // namespace bangkit::registration
