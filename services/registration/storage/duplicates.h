#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "libs/postgres/connection.h"
#include "services/registration/domain/duplicate_review.h"

namespace bangkit::registration {

/// Two business ids, the smaller one first.
using BusinessPair = std::pair<std::string, std::string>;
BusinessPair PairOf(const std::string& one, const std::string& other);

/// A row of `duplicates d` as it is read: these columns, in this order.
inline constexpr std::string_view kDuplicateColumns =
    "d.duplicate_id, d.version, d.first_id, d.second_id, d.region_code, d.score, d.reasons,"
    " d.state, d.assignee, d.found_at, d.decided_by, d.decided_at";
Duplicate ToDuplicate(const postgres::Rows& rows, int i);

/// Where pairs of these businesses lie, after some of them have moved.
void FollowRegions(postgres::Transaction& transaction, const postgres::UuidArray& moved_ids);

/// The pairs under review of one transaction.
class Duplicates {
public:
    /// The pairs behind ids, which never change; not locked.
    static std::map<std::string, BusinessPair> FindPairs(postgres::Transaction& transaction,
                                                         const postgres::UuidArray& ids);
    /// Locks these pairs, in their order, as far as they are under review.
    void Load(postgres::Transaction& transaction, const std::set<BusinessPair>& pairs);

    const Duplicate* Find(const std::string& id) const;
    const Duplicate* Find(const BusinessPair& pair) const;
    /// One that was loaded, as a command leaves it.
    void Put(const Duplicate& duplicate);
    void Save(postgres::Transaction& transaction) const;

private:
    struct Entry {
        Duplicate duplicate;
        std::int64_t saved_version = 0;
    };
    std::map<BusinessPair, Entry> entries_;
};

}  // namespace bangkit::registration
