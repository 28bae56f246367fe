#include "services/registration/storage/claims.h"

#include "libs/crypto/keyed_hash.h"
#include "services/registration/storage/lost_race.h"

namespace bangkit::registration {

struct IdentityClaims::Columns {
    void Add(const Key& key, const std::string& holder) {
        kinds.Add(key.first);
        hashes.Add(key.second);
        holders.Add(holder);
    }
    postgres::SmallintArray kinds;
    postgres::BytesArray hashes;
    postgres::UuidArray holders;
};

ClaimedNumber ClaimedNik(const crypto::KeyRing& keys, std::string_view nik) {
    if (nik.empty()) return {.kind = ClaimKind::kNik, .hashes = {}};
    return {.kind = ClaimKind::kNik, .hashes = crypto::KeyedHashes(keys, "nik", nik)};
}

ClaimedNumber ClaimedNib(const crypto::KeyRing& keys, std::string_view nib) {
    if (nib.empty()) return {.kind = ClaimKind::kNib, .hashes = {}};
    return {.kind = ClaimKind::kNib, .hashes = crypto::KeyedHashes(keys, "nib", nib)};
}

void IdentityClaims::Want(const ClaimedNumber& number, const std::string& subject_id) {
    for (const std::string& hash : number.hashes) {
        claims_.try_emplace(
            {number.kind, hash},
            Claim{.saved = IsReadOnly(hash) ? std::string() : subject_id, .holder = {}});
    }
}

void IdentityClaims::Load(postgres::Transaction& transaction) {
    if (claims_.empty()) return;
    Columns wanted, to_take;
    for (const auto& [key, claim] : claims_) {
        wanted.Add(key, kNobody);
        if (!IsReadOnly(key.second)) to_take.Add(key, claim.saved);
    }
    const postgres::Rows taken = transaction.Run(
        "INSERT INTO identity_claims (kind, hash, subject_id)"
        " SELECT * FROM unnest($1::smallint[], $2::bytea[], $3::uuid[]) AS u (kind, hash, "
        "subject_id)"
        "  ORDER BY kind, hash"
        " ON CONFLICT DO NOTHING",
        {to_take.kinds, to_take.hashes, to_take.holders});
    if (taken.affected() == wanted.kinds.size()) return;  // The usual case: all were free.

    const postgres::Rows held = transaction.Run(
        "SELECT kind, hash, subject_id"
        "  FROM identity_claims JOIN unnest($1::smallint[], $2::bytea[]) u (kind, hash)"
        "       USING (kind, hash)",
        {wanted.kinds, wanted.hashes});
    std::int32_t found = 0;
    for (int i = 0; i < held.size(); ++i) {
        const Key key(static_cast<ClaimKind>(held.Int64(i, 0)), held.Text(i, 1));
        if (!IsReadOnly(key.second)) ++found;
        Claim& claim = claims_.at(key);
        const std::string holder = held.Uuid(i, 2);
        if (claim.saved == holder) continue;  // What we took names the one we said.
        claim.saved = claim.holder = holder;
    }
    // What could not be taken was held, and has been released since: by an erasure.
    if (found != to_take.kinds.size()) throw LostRace();
}

std::string IdentityClaims::HolderOf(const ClaimedNumber& number) const {
    for (const std::string& hash : number.hashes) {
        const Claim& claim = claims_.at({number.kind, hash});
        if (!claim.holder.empty()) return claim.holder;
    }
    return "";
}

void IdentityClaims::Give(const ClaimedNumber& number, const std::string& subject_id) {
    for (const std::string& hash : number.hashes) {
        Claim& claim = claims_.at({number.kind, hash});
        if (claim.holder.empty() && !IsReadOnly(hash)) claim.holder = subject_id;
    }
}

void IdentityClaims::Release(const ClaimedNumber& number, const std::string& subject_id) {
    for (const std::string& hash : number.hashes) {
        const auto claim =
            claims_.try_emplace({number.kind, hash}, Claim{.saved = subject_id, .holder = {}});
        claim.first->second.holder.clear();
    }
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
        // Not all need be there: who releases a number may not have claimed it by every key.
        transaction.Queue(
            "DELETE FROM identity_claims t"
            " USING unnest($1::smallint[], $2::bytea[], $3::uuid[]) u (kind, hash, subject_id)"
            " WHERE t.kind = u.kind AND t.hash = u.hash AND t.subject_id = u.subject_id",
            {free.kinds, free.hashes, free.holders});
    }
}

bool IdentityClaims::IsReadOnly(const std::string& hash) const {
    return keys_.IsReadOnly(crypto::KeyPurpose::kHash, crypto::KeyVersionOf(hash));
}

}  // namespace bangkit::registration
