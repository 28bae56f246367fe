#include "services/registration/storage/intake_keys.h"

#include <stdexcept>

namespace bangkit::registration {
namespace {

std::string KeyPlace(std::string_view subject_id) {
    return crypto::Aad({"registration", "intake_keys", "wrapped_key", subject_id});
}

}  // namespace

void IntakeKeys::Load(postgres::Transaction& transaction,
                      const std::set<std::string>& subject_ids) {
    postgres::UuidArray ids;
    for (const std::string& id : subject_ids) {
        if (!by_subject_.contains(id)) ids.Add(id);
    }
    if (ids.size() == 0) return;
    const postgres::Rows rows = transaction.Run(
        "SELECT subject_id, wrapped_key FROM intake_keys WHERE subject_id = ANY($1::uuid[])",
        {ids});
    for (int i = 0; i < rows.size(); ++i) {
        const std::string id = rows.Uuid(i, 0);
        Result<crypto::Key> key = crypto::UnwrapKey(keys_, rows.Bytes(i, 1), KeyPlace(id));
        if (!key) throw std::runtime_error("a key of the intake: " + key.error().reason);
        by_subject_.insert_or_assign(id, *std::move(key));
    }
}

std::string IntakeKeys::Seal(const std::string& subject_id, std::string_view text,
                             const std::string& place) {
    auto key = by_subject_.find(subject_id);
    if (key == by_subject_.end()) {
        key = by_subject_.emplace(subject_id, crypto::Key::Random()).first;
        made_.insert(subject_id);
    }
    return crypto::Seal(key->second, text, place);
}

std::string IntakeKeys::Open(const std::string& subject_id, std::string_view sealed,
                             const std::string& place) const {
    Result<std::string> text = crypto::Open(by_subject_.at(subject_id), sealed, place);
    if (!text) throw std::runtime_error("a part of the intake cannot be opened");
    return *std::move(text);
}

void IntakeKeys::Save(postgres::Transaction& transaction) const {
    if (made_.empty()) return;
    postgres::UuidArray ids;
    postgres::BytesArray wrapped_keys;
    for (const std::string& id : made_) {
        ids.Add(id);
        wrapped_keys.Add(crypto::WrapKey(keys_, by_subject_.at(id), KeyPlace(id)));
    }
    transaction.Queue(
        "INSERT INTO intake_keys (subject_id, wrapped_key)"
        " SELECT unnest($1::uuid[]), unnest($2::bytea[])",
        {ids, wrapped_keys});
}

Result<std::string> RewrapIntakeKey(const crypto::KeyRing& keys, const std::string& subject_id,
                                    std::string_view wrapped_key) {
    if (crypto::IsWrappedByCurrent(keys, wrapped_key)) return std::string(wrapped_key);
    const Result<crypto::Key> key = crypto::UnwrapKey(keys, wrapped_key, KeyPlace(subject_id));
    if (!key) return std::unexpected(key.error());
    return crypto::WrapKey(keys, *key, KeyPlace(subject_id));
}

}  // namespace bangkit::registration
