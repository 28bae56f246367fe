#include "services/registration/storage/queries.h"

#include <stdexcept>

#include "services/registration/storage/businesses.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;

std::string Number(const auto& value) {
    return Int64(value ? static_cast<std::int64_t>(*value) : 0);
}

constexpr std::string_view kBeyondAll = ":";  // Follows every digit.

const std::string kOwnerColumns = ", b.sealed_npwp, o.wrapped_key, o.personal_data";
const std::string kFilter =
    "   AND ($4::bigint = 0 OR b.kind = $4) AND ($5::bigint = 0 OR b.scale = $5)"
    "   AND ($6::bigint = 0 OR b.condition = $6)";

const std::string kFindSql = "SELECT " + std::string(kBusinessColumns) + kOwnerColumns +
                             "  FROM businesses b JOIN owners o USING (owner_id)"
                             " WHERE b.business_id = $1::text::uuid";

// Of each region a page, read along the index; then the first of all these. Where a region begins
// and ends comes as values: with one condition for the region and one for the page, an index scan
// begins at either, and reads all that lies between; below row-level security, r || '/' would be a
// filter on every row behind the region.
const std::string kListSql =
    "SELECT " + std::string(kBusinessColumns) + kOwnerColumns +
    "  FROM unnest($1::text[], $2::uuid[], $3::text[]) AS r (region_code, business_id, beyond)"
    "  CROSS JOIN LATERAL ("
    "   SELECT * FROM businesses b"
    "    WHERE (b.region_code, b.business_id) > (r.region_code COLLATE \"C\", r.business_id)"
    "      AND b.region_code < r.beyond COLLATE \"C\"" +
    kFilter +
    "    ORDER BY b.region_code, b.business_id LIMIT $7::bigint) b"
    "  JOIN owners o USING (owner_id)"
    " ORDER BY b.region_code, b.business_id LIMIT $7::bigint";

// Few, so all are read.
const std::string kListOwnSql =
    "SELECT " + std::string(kBusinessColumns) + kOwnerColumns +
    "  FROM businesses b JOIN owners o USING (owner_id)"
    " WHERE b.owner_id = $8::text::uuid"
    "   AND EXISTS (SELECT FROM unnest($1::text[], $2::uuid[], $3::text[])"
    "                        AS r (region_code, business_id, beyond)"
    "                WHERE (b.region_code, b.business_id)"
    "                    > (r.region_code COLLATE \"C\", r.business_id)"
    "                  AND b.region_code < r.beyond COLLATE \"C\")" +
    kFilter + " ORDER BY b.region_code, b.business_id LIMIT $7::bigint";

}  // namespace

std::optional<StoredBusiness> Queries::Find(const Viewer& viewer,
                                            const std::string& business_id) const {
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kFindSql, {business_id});
    });
    if (rows.size() == 0) return std::nullopt;
    return ToStored(rows, 0);
}

std::vector<StoredBusiness> Queries::List(const Viewer& viewer, const ListFilter& filter,
                                          const ListPosition& after, std::int64_t limit) const {
    postgres::TextArray region_codes, beyond;
    postgres::UuidArray business_ids;
    const auto add = [&](const ListPosition& begin, std::string_view end) {
        region_codes.Add(begin.region_code);
        business_ids.Add(begin.business_id);
        beyond.Add(end);
    };
    for (const std::string& region : filter.regions) {
        const bool is_begun = after.region_code >= region;
        add(is_begun ? after : ListPosition{.region_code = region}, region + '/');  // After '.'.
    }
    if (filter.regions.empty()) add(after, kBeyondAll);
    const std::string kind = Number(filter.kind), scale = Number(filter.scale),
                      condition = Number(filter.condition), most = Int64(limit);
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        if (viewer.owner_id.empty()) {
            return transaction.Run(
                kListSql, {region_codes, business_ids, beyond, kind, scale, condition, most});
        }
        return transaction.Run(kListOwnSql, {region_codes, business_ids, beyond, kind, scale,
                                             condition, most, viewer.owner_id});
    });
    std::vector<StoredBusiness> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToStored(rows, i));
    return found;
}

StoredBusiness Queries::ToStored(const postgres::Rows& rows, int i) const {
    StoredBusiness stored{.business = ToBusiness(rows, i), .owner = {}};
    if (stored.business.owner_is_erased) return stored;
    const std::string_view sealed_npwp = rows.Bytes(i, kBusinessColumnCount);
    const std::string_view wrapped_key = rows.Bytes(i, kBusinessColumnCount + 1);
    Result<Owner> owner = OpenOwner(keys_, stored.business.owner_id, wrapped_key,
                                    rows.Bytes(i, kBusinessColumnCount + 2));
    Result<std::string> npwp =
        OpenNpwp(keys_, stored.business.owner_id, wrapped_key, stored.business.id, sealed_npwp);
    if (!owner || !npwp) throw std::runtime_error("personal data cannot be opened");
    stored.owner = std::move(*owner);
    stored.business.profile.npwp = std::move(*npwp);
    return stored;
}

}  // namespace bangkit::registration
