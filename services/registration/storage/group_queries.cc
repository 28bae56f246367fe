#include "services/registration/storage/group_queries.h"

#include "services/registration/storage/groups.h"

namespace bangkit::registration {
namespace {

constexpr std::string_view kGroupSql =
    "SELECT FROM businesses WHERE business_id = ANY($1::uuid[]) AND kind = 4";
constexpr std::string_view kPageSql =
    " SELECT DISTINCT m.id FROM members m JOIN businesses b ON b.business_id = m.id"
    "  WHERE b.merged_into IS NULL AND m.id > $2::text::uuid ORDER BY m.id LIMIT $3::bigint";

}  // namespace

std::optional<std::vector<StoredBusiness>> GroupQueries::Members(const Viewer& viewer,
                                                                 const std::string& group_id,
                                                                 const std::string& after,
                                                                 std::int64_t limit) const {
    using Found = std::optional<std::vector<StoredBusiness>>;
    return ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) -> Found {
        postgres::UuidArray group;
        group.Add(group_id);
        if (transaction.Run(kGroupSql, {group}).size() == 0) return std::nullopt;
        const postgres::Rows rows =
            transaction.Run(std::string(kMembersSql) + std::string(kPageSql),
                            {group, after, postgres::Int64(limit)});
        postgres::UuidArray ids;
        for (int i = 0; i < rows.size(); ++i) ids.Add(rows.Uuid(i, 0));
        return queries_.Fetch(transaction, ids);
    });
}

}  // namespace bangkit::registration
