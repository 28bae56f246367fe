#include "services/registration/storage/duplicate_queries.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;

// Row-level security leaves out what the viewer does not see.
const std::string kFromBoth =
    "  JOIN businesses f ON f.business_id = d.first_id"
    "  JOIN businesses s ON s.business_id = d.second_id";

const std::string kFindSql = "SELECT " + std::string(kDuplicateColumns) + "  FROM duplicates d" +
                             kFromBoth + " WHERE d.duplicate_id = $1::text::uuid";

const std::string kListSql =
    "SELECT " + std::string(kDuplicateColumns) +
    "  FROM unnest($1::text[], $2::text[]) r (begins, beyond)"
    "  JOIN duplicates d ON d.state = $3::bigint AND d.region_code >= r.begins COLLATE \"C\""
    "                   AND d.region_code < r.beyond COLLATE \"C\"" +
    kFromBoth +
    " WHERE ($4::text = '' OR d.assignee = $4)"
    "   AND (d.score, d.duplicate_id) < ($5::bigint, $6::text::uuid)"
    "   AND (d.state = 4 OR (f.merged_into IS NULL AND s.merged_into IS NULL))"
    " ORDER BY d.score DESC, d.duplicate_id DESC LIMIT $7::bigint";

}  // namespace

std::optional<Duplicate> DuplicateQueries::Find(const Viewer& viewer,
                                                const std::string& duplicate_id) const {
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kFindSql, {duplicate_id});
    });
    if (rows.size() == 0) return std::nullopt;
    return ToDuplicate(rows, 0);
}

std::vector<Duplicate> DuplicateQueries::List(const Viewer& viewer, const DuplicateFilter& filter,
                                              const DuplicatePosition& after,
                                              std::int64_t limit) const {
    postgres::TextArray begins, beyond;
    for (const std::string& region : filter.regions) {
        begins.Add(region);
        beyond.Add(region + '/');  // After '.'.
    }
    const std::string state = Int64(static_cast<std::int64_t>(filter.state)),
                      score = Int64(after.score), most = Int64(limit);
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kListSql,
                               {begins, beyond, state, filter.assignee, score, after.id, most});
    });
    std::vector<Duplicate> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToDuplicate(rows, i));
    return found;
}

}  // namespace bangkit::registration
