#include "services/registration/storage/owner_phones.h"

#include "libs/crypto/keyed_hash.h"

namespace bangkit::registration {
namespace {

struct Columns {
    explicit Columns(const auto& entries) {
        for (const auto& [hash, owner_id] : entries) {
            hashes.Add(hash);
            owner_ids.Add(owner_id);
        }
    }
    postgres::BytesArray hashes;
    postgres::UuidArray owner_ids;
};

}  // namespace

std::vector<std::string> PhoneHashes(const crypto::KeyRing& keys, std::string_view phone) {
    if (phone.empty()) return {};
    return crypto::KeyedHashes(keys, "phone", phone);
}

void OwnerPhones::Add(const std::string& owner_id, std::string_view phone) {
    for (std::string& hash : PhoneHashes(keys_, phone)) {
        if (keys_.IsReadOnly(crypto::KeyPurpose::kHash, crypto::KeyVersionOf(hash))) continue;
        Entry entry(std::move(hash), owner_id);
        if (removed_.erase(entry) == 0) added_.insert(std::move(entry));
    }
}

void OwnerPhones::Remove(const std::string& owner_id, std::string_view phone) {
    for (std::string& hash : PhoneHashes(keys_, phone)) {
        Entry entry(std::move(hash), owner_id);
        if (added_.erase(entry) == 0) removed_.insert(std::move(entry));
    }
}

void OwnerPhones::Save(postgres::Transaction& transaction) const {
    if (!added_.empty()) {
        const Columns added(added_);
        transaction.Queue(
            "INSERT INTO owner_phones (hash, owner_id)"
            " SELECT unnest($1::bytea[]), unnest($2::uuid[])"
            " ON CONFLICT DO NOTHING",
            {added.hashes, added.owner_ids});
    }
    if (!removed_.empty()) {
        const Columns removed(removed_);
        transaction.Queue(
            "DELETE FROM owner_phones t USING unnest($1::bytea[], $2::uuid[]) u (hash, owner_id)"
            " WHERE t.hash = u.hash AND t.owner_id = u.owner_id",
            {removed.hashes, removed.owner_ids});
    }
}

}  // namespace bangkit::registration
