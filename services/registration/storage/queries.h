#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/pool.h"
#include "services/registration/domain/business.h"
#include "services/registration/storage/list_filter.h"
#include "services/registration/storage/viewer.h"

namespace bangkit::registration {

/// A business with its owner's data, opened. Personal data: mask it before it leaves the process.
struct StoredBusiness {
    Business business;
    Owner owner;
};

struct FoundBusinesses {
    std::vector<StoredBusiness> businesses;
    // Where the next page begins; nullopt: this is the last one.
    std::optional<ListPosition> next;
};

/// A day, and when it was looked at: what was stated later is left out.
struct AsOf {
    Date day;
    std::optional<Time> known_at = {};  // Unset: now.
};

/// Reads, each in a transaction that says to row-level security who is looking.
///
/// Lists are by region and id. A page of one takes as long whatever is looked for and however many
/// businesses there are: it looks through so many and no more, and may be short, or have none,
/// where few are what is looked for. Businesses that live on in another one are left out.
class Queries {
public:
    /// Words that a name is searched by.
    static constexpr std::size_t kWordsMax = 4;

    /// Both must outlive it.
    Queries(postgres::Pool& pool, const crypto::KeyRing& keys) : pool_(pool), keys_(keys) {}

    std::optional<StoredBusiness> Find(const Viewer& viewer, const std::string& business_id) const;
    /// Those of them that the viewer sees, in this order; the second in a transaction of theirs.
    std::vector<StoredBusiness> Fetch(const Viewer& viewer,
                                      const std::vector<std::string>& business_ids) const;
    std::vector<StoredBusiness> Fetch(postgres::Transaction& transaction,
                                      const postgres::UuidArray& business_ids) const;
    /// Up to `limit` businesses behind `after`, as they are now.
    FoundBusinesses List(const Viewer& viewer, const ListFilter& filter, const ListPosition& after,
                         std::int64_t limit) const;
    /// The same of those whose names have something like each of these words: 1 to kWordsMax. Not
    /// for viewers who are owners.
    FoundBusinesses Search(const Viewer& viewer, const ListFilter& filter,
                           const std::vector<std::string>& words, const ListPosition& after,
                           std::int64_t limit) const;

    // As of a day: condition, scale and its figures, verification and region as they held then, all
    // else as it is now. What a viewer may see is decided by where businesses are now.

    /// nullopt if the viewer sees no such business, or if it was not registered yet.
    std::optional<StoredBusiness> FindAsOf(const Viewer& viewer, const std::string& business_id,
                                           const AsOf& as_of) const;
    /// As List(), by the regions of that day, which may be codes of before.
    FoundBusinesses ListAsOf(const Viewer& viewer, const ListFilter& filter, const AsOf& as_of,
                             const ListPosition& after, std::int64_t limit) const;

private:
    StoredBusiness ToStored(const postgres::Rows& rows, int i) const;

    postgres::Pool& pool_;
    const crypto::KeyRing& keys_;
};

}  // namespace bangkit::registration
