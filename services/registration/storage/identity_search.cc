#include "services/registration/storage/identity_search.h"

#include "services/registration/storage/claims.h"
#include "services/registration/storage/owner_phones.h"

namespace bangkit::registration {
namespace {

constexpr std::string_view kByNikSql =
    "SELECT DISTINCT b.business_id, b.owner_id, b.region_code"
    "  FROM identity_claims c JOIN businesses b ON b.owner_id = c.subject_id"
    " WHERE c.kind = 1 AND c.hash = ANY($1::bytea[])"
    " ORDER BY b.business_id";

constexpr std::string_view kByPhoneSql =
    "SELECT DISTINCT b.business_id, b.owner_id, b.region_code"
    "  FROM owner_phones p JOIN businesses b USING (owner_id)"
    " WHERE p.hash = ANY($1::bytea[])"
    " ORDER BY b.business_id";

}  // namespace

void IdentitySearch::Want(const FindByIdentity& command) {
    wanted_.try_emplace({command.field, command.value});
}

void IdentitySearch::Load(postgres::Transaction& transaction) {
    for (auto& [what, found] : wanted_) {
        const bool is_nik = what.first == OwnerField::kNik;
        postgres::BytesArray hashes;
        for (const std::string& hash :
             is_nik ? ClaimedNik(keys_, what.second).hashes : PhoneHashes(keys_, what.second)) {
            hashes.Add(hash);
        }
        const postgres::Rows rows = transaction.Run(is_nik ? kByNikSql : kByPhoneSql, {hashes});
        for (int i = 0; i < rows.size(); ++i) {
            found.push_back({.business_id = rows.Uuid(i, 0),
                             .owner_id = rows.Uuid(i, 1),
                             .region_code = rows.Text(i, 2)});
        }
    }
}

const std::vector<IdentitySearch::Found>& IdentitySearch::Find(
    const FindByIdentity& command) const {
    return wanted_.at({command.field, command.value});
}

}  // namespace bangkit::registration
