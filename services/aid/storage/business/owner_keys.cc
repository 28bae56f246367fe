#include "services/aid/storage/business/owner_keys.h"

#include <stdexcept>
#include <utility>

namespace bangkit::aid {
namespace {

std::string KeyPlace(std::string_view owner_id) {
    return crypto::Aad({"aid", "owner_keys", "wrapped_key", owner_id});
}

}  // namespace

void OwnerKeys::Load(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids) {
    if (owner_ids.size() == 0) return;
    const postgres::Rows rows = transaction.Run(
        "SELECT owner_id, wrapped_key FROM owner_keys"
        " WHERE owner_id = ANY($1::uuid[]) ORDER BY owner_id FOR KEY SHARE",
        {owner_ids});
    for (int i = 0; i < rows.size(); ++i) {
        const std::string id = rows.Uuid(i, 0);
        Result<crypto::Key> key = OpenOwnerKey(keys_, id, rows.Bytes(i, 1));
        if (!key) throw std::runtime_error("the key of an owner: " + key.error().reason);
        open_.insert_or_assign(id, *std::move(key));
    }
}

const crypto::Key* OwnerKeys::Find(const std::string& owner_id) const {
    const auto found = open_.find(owner_id);
    return found == open_.end() ? nullptr : &found->second;
}

const crypto::Key& OwnerKeys::FindOrMake(const std::string& owner_id) {
    const auto found = open_.find(owner_id);
    if (found != open_.end()) return found->second;
    crypto::Key key = crypto::NewOwnerKey();
    made_.Add(owner_id);
    wrapped_.Add(crypto::WrapKey(keys_, key, KeyPlace(owner_id)));
    return open_.insert_or_assign(owner_id, std::move(key)).first->second;
}

void OwnerKeys::Save(postgres::Transaction& transaction) const {
    if (made_.size() == 0) return;
    transaction.Queue(
        "INSERT INTO owner_keys (owner_id, wrapped_key)"
        " SELECT unnest($1::uuid[]), unnest($2::bytea[])",
        {made_, wrapped_});
}

Result<crypto::Key> OpenOwnerKey(const crypto::KeyRing& keys, const std::string& owner_id,
                                 std::string_view wrapped_key) {
    return crypto::UnwrapKey(keys, wrapped_key, KeyPlace(owner_id));
}

Result<std::string> RewrapOwnerKey(const crypto::KeyRing& keys, const std::string& owner_id,
                                   std::string_view wrapped_key) {
    if (crypto::IsWrappedByCurrent(keys, wrapped_key)) return std::string(wrapped_key);
    const Result<crypto::Key> key = OpenOwnerKey(keys, owner_id, wrapped_key);
    if (!key) return std::unexpected(key.error());
    return crypto::WrapKey(keys, *key, KeyPlace(owner_id));
}

}  // namespace bangkit::aid
