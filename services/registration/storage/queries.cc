#include "services/registration/storage/queries.h"

#include <stdexcept>

#include "services/registration/storage/businesses.h"

namespace bangkit::registration {
namespace {

const std::string kOwnerColumns = ", b.sealed_npwp, o.wrapped_key, o.personal_data";
const std::string kFindSql = "SELECT " + std::string(kBusinessColumns) + kOwnerColumns +
                             "  FROM businesses b JOIN owners o USING (owner_id)"
                             " WHERE b.business_id = $1::text::uuid";

const std::string kFetchSql =
    "SELECT " + std::string(kBusinessColumns) + kOwnerColumns +
    "  FROM unnest($1::uuid[]) WITH ORDINALITY AS u (business_id, place)"
    "  JOIN businesses b USING (business_id) JOIN owners o USING (owner_id)"
    " ORDER BY u.place";

}  // namespace

std::optional<StoredBusiness> Queries::Find(const Viewer& viewer,
                                            const std::string& business_id) const {
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kFindSql, {business_id});
    });
    if (rows.size() == 0) return std::nullopt;
    return ToStored(rows, 0);
}

std::vector<StoredBusiness> Queries::Fetch(const Viewer& viewer,
                                           const std::vector<std::string>& business_ids) const {
    postgres::UuidArray ids;
    for (const std::string& id : business_ids) ids.Add(id);
    return ReadAs(pool_, viewer,
                  [&](postgres::Transaction& transaction) { return Fetch(transaction, ids); });
}

std::vector<StoredBusiness> Queries::Fetch(postgres::Transaction& transaction,
                                           const postgres::UuidArray& business_ids) const {
    std::vector<StoredBusiness> found;
    if (business_ids.size() == 0) return found;
    const postgres::Rows rows = transaction.Run(kFetchSql, {business_ids});
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
