#include "services/registration/storage/queries.h"

#include <stdexcept>

#include "services/registration/storage/businesses.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;

std::string Number(const auto& value) {
    return Int64(value ? static_cast<std::int64_t>(*value) : 0);
}

const std::string kOwnerColumns = ", b.sealed_npwp, o.wrapped_key, o.personal_data";
const std::string kFilter =
    "   AND ($5::bigint = 0 OR b.kind = $5) AND ($6::bigint = 0 OR b.scale = $6)"
    "   AND ($7::bigint = 0 OR b.condition = $7)";

const std::string kFindSql = "SELECT " + std::string(kBusinessColumns) + kOwnerColumns +
                             "  FROM businesses b JOIN owners o USING (owner_id)"
                             " WHERE b.business_id = $1::text::uuid";

// Of each region a page, read along the index; then the first of all these. Where a region ends
// comes as a value: below row-level security, r || '/' would be a filter on every row behind the
// region.
const std::string kListSql =
    "SELECT " + std::string(kBusinessColumns) + kOwnerColumns +
    "  FROM unnest($1::text[], $2::text[]) AS r (first, beyond)"
    "  CROSS JOIN LATERAL ("
    "   SELECT * FROM businesses b"
    "    WHERE b.region_code >= r.first COLLATE \"C\" AND b.region_code < r.beyond COLLATE \"C\""
    "      AND (b.region_code, b.business_id) > ($3::text COLLATE \"C\", $4::text::uuid)" +
    kFilter +
    "    ORDER BY b.region_code, b.business_id LIMIT $8::bigint) b"
    "  JOIN owners o USING (owner_id)"
    " ORDER BY b.region_code, b.business_id LIMIT $8::bigint";

// Few, so all are read.
const std::string kListOwnSql =
    "SELECT " + std::string(kBusinessColumns) + kOwnerColumns +
    "  FROM businesses b JOIN owners o USING (owner_id)"
    " WHERE b.owner_id = $9::text::uuid"
    "   AND (cardinality($1::text[]) = 0 OR EXISTS ("
    "        SELECT FROM unnest($1::text[], $2::text[]) AS r (first, beyond)"
    "         WHERE b.region_code >= r.first COLLATE \"C\""
    "           AND b.region_code < r.beyond COLLATE \"C\"))"
    "   AND (b.region_code, b.business_id) > ($3::text COLLATE \"C\", $4::text::uuid)" +
    kFilter + " ORDER BY b.region_code, b.business_id LIMIT $8::bigint";

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
    postgres::TextArray first, beyond;
    for (const std::string& region : filter.regions) {
        first.Add(region);
        beyond.Add(region + '/');  // '/' follows '.'.
    }
    const std::string kind = Number(filter.kind), scale = Number(filter.scale),
                      condition = Number(filter.condition), most = Int64(limit);
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        if (viewer.owner_id.empty()) {
            return transaction.Run(kListSql, {first, beyond, after.region_code, after.business_id,
                                              kind, scale, condition, most});
        }
        return transaction.Run(kListOwnSql, {first, beyond, after.region_code, after.business_id,
                                             kind, scale, condition, most, viewer.owner_id});
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
