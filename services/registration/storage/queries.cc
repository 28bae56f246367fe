#include "services/registration/storage/queries.h"

#include <stdexcept>

#include "services/registration/storage/businesses.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;

/// Says to row-level security who is looking, for this transaction.
void SetViewer(postgres::Transaction& transaction, const Viewer& viewer) {
    std::string regions;
    for (const std::string& region : viewer.regions)
        regions += (regions.empty() ? "" : ",") + region;
    transaction.Queue(
        "SELECT set_config('bangkit.regions', $1::text, true),"
        "       set_config('bangkit.owner', $2::text, true)",
        {regions, viewer.owner_id});
}

std::string Number(const auto& value) {
    return Int64(value ? static_cast<std::int64_t>(*value) : 0);
}

const std::string kOwnerColumns = ", b.sealed_npwp, o.wrapped_key, o.personal_data";
const std::string kFilter =
    "   AND ($4::bigint = 0 OR b.kind = $4) AND ($5::bigint = 0 OR b.scale = $5)"
    "   AND ($6::bigint = 0 OR b.condition = $6)";

const std::string kFindSql = "SELECT " + std::string(kBusinessColumns) + kOwnerColumns +
                             "  FROM businesses b JOIN owners o USING (owner_id)"
                             " WHERE b.business_id = $1::text::uuid";

// Of each region a page, read along the index; then the first of all these.
const std::string kListSql =
    "SELECT " + std::string(kBusinessColumns) + kOwnerColumns +
    "  FROM unnest($1::text[]) r"
    "  CROSS JOIN LATERAL ("
    "   SELECT * FROM businesses b"
    "    WHERE b.region_code >= r COLLATE \"C\" AND b.region_code < (r || '/') COLLATE \"C\""
    "      AND (b.region_code, b.business_id) > ($2::text COLLATE \"C\", $3::text::uuid)" +
    kFilter +
    "    ORDER BY b.region_code, b.business_id LIMIT $7::bigint) b"
    "  JOIN owners o USING (owner_id)"
    " ORDER BY b.region_code, b.business_id LIMIT $7::bigint";

const std::string kListOwnSql =
    "SELECT " + std::string(kBusinessColumns) + kOwnerColumns +
    "  FROM businesses b JOIN owners o USING (owner_id)"
    " WHERE b.owner_id = $1::text::uuid"
    "   AND (b.region_code, b.business_id) > ($2::text COLLATE \"C\", $3::text::uuid)" +
    kFilter + " ORDER BY b.region_code, b.business_id LIMIT $7::bigint";

}  // namespace

std::optional<StoredBusiness> Queries::Find(postgres::Connection& connection, const Viewer& viewer,
                                            const std::string& business_id) const {
    postgres::Transaction transaction(connection);
    SetViewer(transaction, viewer);
    const postgres::Rows rows = transaction.Run(kFindSql, {business_id});
    transaction.Commit();
    if (rows.size() == 0) return std::nullopt;
    return ToStored(rows, 0);
}

std::vector<StoredBusiness> Queries::List(postgres::Connection& connection, const Viewer& viewer,
                                          const ListFilter& filter, const ListPosition& after,
                                          std::int64_t limit) const {
    postgres::Transaction transaction(connection);
    SetViewer(transaction, viewer);
    const auto run = [&](const std::string& sql, std::string_view first) {
        return transaction.Run(sql,
                               {first, after.region_code, after.business_id, Number(filter.kind),
                                Number(filter.scale), Number(filter.condition), Int64(limit)});
    };
    postgres::TextArray regions;
    for (const std::string& region : filter.regions) regions.Add(region);
    const postgres::Rows rows =
        viewer.owner_id.empty() ? run(kListSql, regions) : run(kListOwnSql, viewer.owner_id);
    transaction.Commit();
    std::vector<StoredBusiness> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToStored(rows, i));
    return found;
}

StoredBusiness Queries::ToStored(const postgres::Rows& rows, int i) const {
    StoredBusiness stored{.business = ToBusiness(rows, i), .owner = {}};
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
