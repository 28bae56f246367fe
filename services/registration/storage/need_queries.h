#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/pool.h"
#include "services/registration/domain/need.h"
#include "services/registration/storage/viewer.h"

namespace bangkit::registration {

/// A need with its words, opened. They may be personal data: look who asks.
struct StoredNeed {
    Need need;
    std::string text;
};

struct NeedFilter {
    std::string region_code;  // Empty: any.
    std::optional<NeedTopic> topic;
    std::optional<NeedStatus> status;
    std::optional<NeedSource> source;
};

/// Reads, each in a transaction that says to row-level security who is looking.
class NeedQueries {
public:
    /// Both must outlive it.
    NeedQueries(postgres::Pool& pool, const crypto::KeyRing& keys) : pool_(pool), keys_(keys) {}

    std::optional<StoredNeed> Find(const Viewer& viewer, const std::string& need_id) const;
    /// Up to `limit` needs behind that id, in the order of their ids.
    std::vector<StoredNeed> List(const Viewer& viewer, const NeedFilter& filter,
                                 const std::string& after, std::int64_t limit) const;

private:
    StoredNeed ToStored(const postgres::Rows& rows, int i) const;

    postgres::Pool& pool_;
    const crypto::KeyRing& keys_;
};

}  // namespace bangkit::registration
