#include "services/registration/storage/duplicates.h"

#include <algorithm>

#include "services/registration/storage/bits.h"

namespace bangkit::registration {

BusinessPair PairOf(const std::string& one, const std::string& other) {
    return {std::min(one, other), std::max(one, other)};
}

Duplicate ToDuplicate(const postgres::Rows& rows, int i) {
    Duplicate duplicate{.id = rows.Uuid(i, 0),
                        .version = rows.Int64(i, 1),
                        .first_id = rows.Uuid(i, 2),
                        .second_id = rows.Uuid(i, 3),
                        .region_code = rows.Text(i, 4),
                        .score = static_cast<int>(rows.Int64(i, 5)),
                        .reasons = FromBits<DuplicateReason>(rows.Int64(i, 6)),
                        .state = static_cast<DuplicateState>(rows.Int64(i, 7)),
                        .assignee = rows.Text(i, 8),
                        .found_at = rows.Time(i, 9),
                        .decided_by = {},
                        .decided_at = {}};
    if (!rows.IsNull(i, 10)) {
        duplicate.decided_by = rows.Text(i, 10);
        duplicate.decided_at = rows.Time(i, 11);
    }
    return duplicate;
}

void FollowRegions(postgres::Transaction& transaction, const postgres::UuidArray& moved_ids) {
    if (moved_ids.size() == 0) return;
    // As CommonRegion(); codes have 2, 5, 8 or 13 characters.
    constexpr std::string_view kSql =
        "UPDATE duplicates d"
        "   SET region_code = coalesce("
        "         (SELECT max(left(f.region_code, n)) FROM unnest('{2,5,8,13}'::int[]) n"
        "           WHERE left(f.region_code, n) = left(s.region_code, n)), '')"
        "  FROM businesses f, businesses s"
        " WHERE d.first_id = f.business_id AND d.second_id = s.business_id AND ";
    for (const char* moved : {"d.first_id = ANY($1::uuid[])", "d.second_id = ANY($1::uuid[])"}) {
        transaction.Queue(std::string(kSql) + moved, {moved_ids});
    }
}

std::map<std::string, BusinessPair> Duplicates::FindPairs(postgres::Transaction& transaction,
                                                          const postgres::UuidArray& ids) {
    std::map<std::string, BusinessPair> pairs;
    if (ids.size() == 0) return pairs;
    const postgres::Rows rows = transaction.Run(
        "SELECT duplicate_id, first_id, second_id FROM duplicates"
        " WHERE duplicate_id = ANY($1::uuid[])",
        {ids});
    for (int i = 0; i < rows.size(); ++i) {
        pairs.try_emplace(rows.Uuid(i, 0), rows.Uuid(i, 1), rows.Uuid(i, 2));
    }
    return pairs;
}

void Duplicates::Load(postgres::Transaction& transaction, const std::set<BusinessPair>& pairs) {
    if (pairs.empty()) return;
    postgres::UuidArray first_ids, second_ids;
    for (const auto& [first_id, second_id] : pairs) {
        first_ids.Add(first_id);
        second_ids.Add(second_id);
    }
    const postgres::Rows rows =
        transaction.Run("SELECT " + std::string(kDuplicateColumns) +
                            "  FROM duplicates d"
                            "  JOIN unnest($1::uuid[], $2::uuid[]) u (first_id, second_id)"
                            "       USING (first_id, second_id)"
                            " ORDER BY first_id, second_id FOR UPDATE OF d",
                        {first_ids, second_ids});
    for (int i = 0; i < rows.size(); ++i) {
        Duplicate duplicate = ToDuplicate(rows, i);
        const BusinessPair pair(duplicate.first_id, duplicate.second_id);
        const std::int64_t version = duplicate.version;
        entries_.insert_or_assign(
            pair, Entry{.duplicate = std::move(duplicate), .saved_version = version});
    }
}

const Duplicate* Duplicates::Find(const std::string& id) const {
    const auto found = std::ranges::find_if(
        entries_, [&](const auto& each) { return each.second.duplicate.id == id; });
    return found == entries_.end() ? nullptr : &found->second.duplicate;
}

const Duplicate* Duplicates::Find(const BusinessPair& pair) const {
    const auto found = entries_.find(pair);
    return found == entries_.end() ? nullptr : &found->second.duplicate;
}

void Duplicates::Put(const Duplicate& duplicate) {
    entries_.at({duplicate.first_id, duplicate.second_id}).duplicate = duplicate;
}

void Duplicates::Save(postgres::Transaction& transaction) const {
    postgres::UuidArray ids;
    postgres::Int64Array saved_versions, versions;
    postgres::SmallintArray states;
    postgres::TextArray assignees, decided_by;
    postgres::TimeArray decided_at;
    for (const auto& [pair, entry] : entries_) {
        const Duplicate& duplicate = entry.duplicate;
        if (duplicate.version == entry.saved_version) continue;
        ids.Add(duplicate.id);
        saved_versions.Add(entry.saved_version);
        versions.Add(duplicate.version);
        states.Add(duplicate.state);
        assignees.Add(duplicate.assignee);
        decided_by.AddOrNull(duplicate.decided_by);
        duplicate.decided_at ? decided_at.Add(*duplicate.decided_at) : decided_at.AddNull();
    }
    if (ids.size() == 0) return;
    transaction.QueueExact(
        ids.size(),
        "UPDATE duplicates t"
        "   SET version = u.version, state = u.state, assignee = u.assignee,"
        "       decided_by = u.decided_by, decided_at = u.decided_at"
        "  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::smallint[], $5::text[],"
        "              $6::text[], $7::timestamptz[])"
        "    AS u (id, saved_version, version, state, assignee, decided_by, decided_at)"
        " WHERE t.duplicate_id = u.id AND t.version = u.saved_version",
        {ids, saved_versions, versions, states, assignees, decided_by, decided_at});
}

}  // namespace bangkit::registration
