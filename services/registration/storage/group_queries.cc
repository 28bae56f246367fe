#include "services/registration/storage/group_queries.h"

namespace bangkit::registration {
namespace {

constexpr std::string_view kGroupSql =
    "SELECT FROM businesses WHERE business_id = $1::text::uuid AND kind = 4";
constexpr std::string_view kMembersSql =
    "SELECT m.business_id FROM group_members m JOIN businesses b USING (business_id)"
    " WHERE m.group_id = $1::text::uuid AND m.business_id > $2::text::uuid"
    " ORDER BY m.business_id LIMIT $3::bigint";

}  // namespace

std::optional<std::vector<StoredBusiness>> GroupQueries::Members(const Viewer& viewer,
                                                                 const std::string& group_id,
                                                                 const std::string& after,
                                                                 std::int64_t limit) const {
    using Found = std::optional<std::vector<StoredBusiness>>;
    return ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) -> Found {
        if (transaction.Run(kGroupSql, {group_id}).size() == 0) return std::nullopt;
        const postgres::Rows rows =
            transaction.Run(kMembersSql, {group_id, after, postgres::Int64(limit)});
        postgres::UuidArray ids;
        for (int i = 0; i < rows.size(); ++i) ids.Add(rows.Uuid(i, 0));
        return queries_.Fetch(transaction, ids);
    });
}

}  // namespace bangkit::registration
