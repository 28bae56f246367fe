#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/pool.h"
#include "services/registration/domain/business.h"
#include "services/registration/storage/viewer.h"

namespace bangkit::registration {

/// A business with its owner's data, opened. Personal data: mask it before it leaves the process.
struct StoredBusiness {
    Business business;
    Owner owner;
};

struct ListFilter {
    // None inside another. Of a viewer with owner_id, none stands for all.
    std::vector<std::string> regions;
    std::optional<Kind> kind;
    std::optional<Scale> scale;
    std::optional<Condition> condition;
};

/// A place in the list, which is ordered by both.
struct ListPosition {
    std::string region_code;
    std::string business_id = "00000000-0000-0000-0000-000000000000";
};

/// Reads, each in a transaction that says to row-level security who is looking.
class Queries {
public:
    /// Both must outlive it.
    Queries(postgres::Pool& pool, const crypto::KeyRing& keys) : pool_(pool), keys_(keys) {}

    std::optional<StoredBusiness> Find(const Viewer& viewer, const std::string& business_id) const;
    /// Up to `limit` businesses behind `after`.
    std::vector<StoredBusiness> List(const Viewer& viewer, const ListFilter& filter,
                                     const ListPosition& after, std::int64_t limit) const;

private:
    StoredBusiness ToStored(const postgres::Rows& rows, int i) const;

    postgres::Pool& pool_;
    const crypto::KeyRing& keys_;
};

}  // namespace bangkit::registration
