#pragma once

#include <functional>
#include <map>
#include <string>

#include "libs/postgres/connection.h"
#include "services/registration/domain/merge.h"

namespace bangkit::registration {

/// The merges of one transaction.
class Merges {
public:
    /// Locks those in force of these merged businesses.
    void Load(postgres::Transaction& transaction, const postgres::UuidArray& merged_ids);
    /// nullptr: the business lives itself.
    const Merge* FindInForce(const std::string& merged_id) const;
    void ForEach(const std::function<void(const Merge&)>& visit) const;

    /// A new one, or one that is undone.
    void Put(const Merge& merge);
    /// One of both businesses, as the event left it.
    void AddVersion(const Business& business, const Event& event, const std::string& actor);
    /// After the versions of the businesses have been saved, which guards them.
    void Save(postgres::Transaction& transaction) const;

private:
    struct Entry {
        Merge merge;
        bool is_new = false;
        bool is_undone_now = false;
    };
    void SaveMerges(postgres::Transaction& transaction) const;

    std::map<std::string, Entry> entries_;            // By id.
    std::map<std::string, std::string> merged_into_;  // By business id, as they are to be.
    struct {
        postgres::UuidArray business_ids, merge_ids, surviving_ids, merged_ids;
        postgres::Int64Array versions;
        postgres::TimeArray recorded_at;
        postgres::SmallintArray undone;
        postgres::TextArray actors;
    } history_;
};

}  // namespace bangkit::registration
