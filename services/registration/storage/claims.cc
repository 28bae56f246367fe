#include "services/registration/storage/claims.h"

namespace bangkit::registration {
namespace {

struct Columns {
    void Add(const IdentityClaims::Key& key, const std::string& holder) {
        kinds.Add(key.first);
        hashes.Add(key.second);
        holders.Add(holder);
    }
    postgres::SmallintArray kinds;
    postgres::BytesArray hashes;
    postgres::UuidArray holders;
};

IdentityClaims::Key KeyOf(const postgres::Rows& rows, int i) {
    return {static_cast<ClaimKind>(rows.Int64(i, 0)), rows.Text(i, 1)};
}

}  // namespace

void IdentityClaims::Want(ClaimKind kind, const std::string& hash, const std::string& subject_id) {
    claims_.try_emplace({kind, hash}, Claim{.saved = subject_id, .holder = {}});
}

void IdentityClaims::Load(postgres::Transaction& transaction) {
    if (claims_.empty()) return;
    Columns columns;
    for (const auto& [key, claim] : claims_) columns.Add(key, claim.saved);
    const postgres::Rows taken = transaction.Run(
        "INSERT INTO identity_claims (kind, hash, subject_id)"
        " SELECT * FROM unnest($1::smallint[], $2::bytea[], $3::uuid[]) AS u (kind, hash, "
        "subject_id)"
        "  ORDER BY kind, hash"
        " ON CONFLICT DO NOTHING",
        {columns.kinds, columns.hashes, columns.holders});
    if (taken.affected() == columns.kinds.size()) return;  // The usual case: all were free.

    const postgres::Rows held = transaction.Run(
        "SELECT kind, hash, subject_id"
        "  FROM identity_claims JOIN unnest($1::smallint[], $2::bytea[]) u (kind, hash)"
        "       USING (kind, hash)",
        {columns.kinds, columns.hashes});
    for (int i = 0; i < held.size(); ++i) {
        Claim& claim = claims_.at(KeyOf(held, i));
        const std::string holder = held.Uuid(i, 2);
        if (claim.saved == holder) continue;  // What we took names the one we said.
        claim.saved = claim.holder = holder;
    }
}

const std::string& IdentityClaims::HolderOf(ClaimKind kind, const std::string& hash) const {
    return claims_.at({kind, hash}).holder;
}

void IdentityClaims::Give(ClaimKind kind, const std::string& hash, const std::string& subject_id) {
    claims_.at({kind, hash}).holder = subject_id;
}

void IdentityClaims::Release(ClaimKind kind, const std::string& hash,
                             const std::string& subject_id) {
    const auto claim = claims_.try_emplace({kind, hash}, Claim{.saved = subject_id, .holder = {}});
    claim.first->second.holder.clear();
}

void IdentityClaims::Save(postgres::Transaction& transaction) const {
    Columns moved, free;
    for (const auto& [key, claim] : claims_) {
        if (claim.holder == claim.saved) continue;
        if (claim.holder.empty()) {
            free.Add(key, claim.saved);
        } else {
            moved.Add(key, claim.holder);
        }
    }
    if (moved.kinds.size() > 0) {
        transaction.QueueExact(
            moved.kinds.size(),
            "UPDATE identity_claims t SET subject_id = u.subject_id"
            "  FROM unnest($1::smallint[], $2::bytea[], $3::uuid[]) u (kind, hash, subject_id)"
            " WHERE t.kind = u.kind AND t.hash = u.hash",
            {moved.kinds, moved.hashes, moved.holders});
    }
    if (free.kinds.size() > 0) {
        transaction.QueueExact(
            free.kinds.size(),
            "DELETE FROM identity_claims t"
            " USING unnest($1::smallint[], $2::bytea[], $3::uuid[]) u (kind, hash, subject_id)"
            " WHERE t.kind = u.kind AND t.hash = u.hash AND t.subject_id = u.subject_id",
            {free.kinds, free.hashes, free.holders});
    }
}

}  // namespace bangkit::registration
