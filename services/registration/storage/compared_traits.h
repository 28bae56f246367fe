#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/duplicates.h"

namespace bangkit::registration {

/// The rows of duplicate_traits and duplicate_keys of one transaction.
class ComparedTraits {
public:
    explicit ComparedTraits(const crypto::KeyRing& keys);

    /// A business as it is now.
    void Add(const std::string& business_id, std::int64_t version, const Traits& traits);
    /// `known`: those of them that have rows already.
    void Save(postgres::Transaction& transaction, const postgres::UuidArray& known) const;

    /// Where the businesses meet others: by every key of the ring, whichever was used for them.
    const postgres::UuidArray& meeting_ids() const { return meeting_ids_; }
    const postgres::Int64Array& meeting_keys() const { return meeting_keys_; }
    /// The hash keys in use, as PostgreSQL writes an array: "{1,2}".
    const std::string& hash_versions() const { return hash_versions_; }

private:
    using Key = std::pair<std::string, std::int64_t>;  // Business and key.
    struct Hashes {
        std::vector<std::int64_t> stored, wanted;
    };
    /// Of secret data: by the keys in use, to be stored; by all keys, to be looked for.
    Hashes HashesOf(std::string_view secret) const;

    const crypto::KeyRing& keys_;
    std::string hash_versions_;
    std::set<Key> stored_;
    postgres::UuidArray ids_, meeting_ids_;
    postgres::Int64Array versions_, meeting_keys_;
    postgres::TextArray names_, addresses_, phones_, owner_names_, key_lists_;
    postgres::SmallintArray have_nik_;
};

}  // namespace bangkit::registration
