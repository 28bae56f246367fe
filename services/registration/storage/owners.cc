#include "services/registration/storage/owners.h"

#include <stdexcept>

#include "bangkit/registration/v1/business.pb.h"
#include "services/registration/storage/lost_race.h"
#include "services/registration/storage/registry_data.h"

namespace bangkit::registration {
namespace {

// Associated data: where a sealed value belongs. Moved to another row or column it does not open.
std::string KeyPlace(std::string_view owner_id) {
    return crypto::Aad({"registration", "owners", "wrapped_key", owner_id});
}
std::string PersonalDataPlace(std::string_view owner_id) {
    return crypto::Aad({"registration", "owners", "personal_data", owner_id});
}
std::string NpwpPlace(std::string_view business_id) {
    return crypto::Aad({"registration", "businesses", "sealed_npwp", business_id});
}

std::string Serialized(const Owner& owner) {
    v1::OwnerInput message;
    message.set_nik(owner.nik);
    message.set_name(owner.name);
    message.set_phone(owner.phone);
    message.set_identity_card_address(owner.identity_card_address);
    FillOwnerDetails(message, owner);
    return message.SerializeAsString();
}

}  // namespace

void Owners::LoadKnown(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids) {
    if (owner_ids.size() == 0) return;
    const postgres::Rows rows = transaction.Run(
        "SELECT owner_id, wrapped_key, personal_data FROM owners"
        " WHERE owner_id = ANY($1::uuid[]) ORDER BY owner_id FOR UPDATE",
        {owner_ids});
    for (int i = 0; i < rows.size(); ++i) {
        const std::string id = rows.Uuid(i, 0);
        if (rows.Bytes(i, 1).empty()) throw LostRace();  // Claimed no more, by now.
        Result<crypto::Key> key = crypto::UnwrapKey(keys_, rows.Bytes(i, 1), KeyPlace(id));
        if (!key) throw std::runtime_error("the key of an owner: " + key.error().reason);
        Result<Owner> owner = OpenOwner(keys_, id, rows.Bytes(i, 1), rows.Bytes(i, 2));
        if (!owner) throw std::runtime_error("an owner cannot be opened");
        owner_keys_.insert_or_assign(id, std::move(*key));
        loaded_.insert_or_assign(id, std::move(*owner));
    }
}

std::map<std::string, std::string> Owners::LoadForChange(postgres::Transaction& transaction,
                                                         const postgres::UuidArray& business_ids) {
    std::map<std::string, std::string> npwps;
    if (business_ids.size() == 0) return npwps;
    const postgres::Rows rows = transaction.Run(
        "SELECT o.owner_id, o.wrapped_key, o.personal_data, b.business_id, b.sealed_npwp"
        "  FROM businesses b JOIN owners o USING (owner_id)"
        " WHERE b.business_id = ANY($1::uuid[]) AND o.wrapped_key <> ''"
        " ORDER BY o.owner_id FOR UPDATE OF o",
        {business_ids});
    for (int i = 0; i < rows.size(); ++i) {
        const std::string owner_id = rows.Uuid(i, 0), business_id = rows.Uuid(i, 3);
        Result<crypto::Key> key = crypto::UnwrapKey(keys_, rows.Bytes(i, 1), KeyPlace(owner_id));
        Result<Owner> owner = OpenOwner(keys_, owner_id, rows.Bytes(i, 1), rows.Bytes(i, 2));
        Result<std::string> npwp =
            OpenNpwp(keys_, owner_id, rows.Bytes(i, 1), business_id, rows.Bytes(i, 4));
        if (!key || !owner || !npwp) throw std::runtime_error("an owner cannot be opened");
        owner_keys_.insert_or_assign(owner_id, std::move(*key));
        loaded_.insert_or_assign(owner_id, std::move(*owner));
        npwps.insert_or_assign(business_id, std::move(*npwp));
    }
    return npwps;
}

const Owner* Owners::Find(const std::string& owner_id) const {
    const auto found = loaded_.find(owner_id);
    return found == loaded_.end() ? nullptr : &found->second;
}

void Owners::Change(const std::string& owner_id, Owner owner) {
    Owner& known = loaded_.at(owner_id);
    if (known.phone != owner.phone) {
        phones_.Remove(owner_id, known.phone);
        phones_.Add(owner_id, owner.phone);
    }
    known = std::move(owner);
    changed_.insert(owner_id);
}

void Owners::Create(const std::string& owner_id, const Owner& owner, Time now) {
    crypto::Key key = crypto::NewOwnerKey();
    ids_.Add(owner_id);
    wrapped_keys_.Add(crypto::WrapKey(keys_, key, KeyPlace(owner_id)));
    personal_data_.Add(crypto::Seal(key, Serialized(owner), PersonalDataPlace(owner_id)));
    created_at_.Add(now);
    phones_.Add(owner_id, owner.phone);
    owner_keys_.insert_or_assign(owner_id, std::move(key));
    loaded_.insert_or_assign(owner_id, owner);
}

std::string Owners::SealNpwp(const std::string& owner_id, const std::string& business_id,
                             const std::string& npwp) const {
    if (npwp.empty()) return "";
    return crypto::Seal(owner_keys_.at(owner_id), npwp, NpwpPlace(business_id));
}

void Owners::Save(postgres::Transaction& transaction) const {
    if (ids_.size() > 0) {
        transaction.Queue(
            "INSERT INTO owners (owner_id, wrapped_key, personal_data, created_at)"
            " SELECT unnest($1::uuid[]), unnest($2::bytea[]), unnest($3::bytea[]),"
            "        unnest($4::timestamptz[])",
            {ids_, wrapped_keys_, personal_data_, created_at_});
    }
    phones_.Save(transaction);
    postgres::UuidArray ids;
    postgres::BytesArray personal_data;
    for (const std::string& id : changed_) {
        ids.Add(id);
        personal_data.Add(
            crypto::Seal(owner_keys_.at(id), Serialized(loaded_.at(id)), PersonalDataPlace(id)));
    }
    if (ids.size() == 0) return;
    transaction.QueueExact(ids.size(),
                           "UPDATE owners t SET personal_data = u.personal_data"
                           "  FROM unnest($1::uuid[], $2::bytea[]) u (owner_id, personal_data)"
                           " WHERE t.owner_id = u.owner_id",
                           {ids, personal_data});
}

Result<std::string> Rewrap(const crypto::KeyRing& keys, const std::string& owner_id,
                           std::string_view wrapped_key) {
    if (crypto::IsWrappedByCurrent(keys, wrapped_key)) return std::string(wrapped_key);
    const Result<crypto::Key> key = crypto::UnwrapKey(keys, wrapped_key, KeyPlace(owner_id));
    if (!key) return std::unexpected(key.error());
    return crypto::WrapKey(keys, *key, KeyPlace(owner_id));
}

Result<Owner> OpenOwner(const crypto::KeyRing& keys, const std::string& owner_id,
                        std::string_view wrapped_key, std::string_view personal_data) {
    const Result<crypto::Key> key = crypto::UnwrapKey(keys, wrapped_key, KeyPlace(owner_id));
    if (!key) return std::unexpected(key.error());
    const Result<std::string> bytes =
        crypto::Open(*key, personal_data, PersonalDataPlace(owner_id));
    if (!bytes) return std::unexpected(bytes.error());
    v1::OwnerInput message;
    if (!message.ParseFromString(*bytes)) {
        return Refused(ErrorCode::kInternal, "SEAL_BROKEN", "stored data makes no sense");
    }
    Owner owner{.nik = message.nik(),
                .name = message.name(),
                .phone = message.phone(),
                .identity_card_address = message.identity_card_address()};
    ReadOwnerDetails(owner, message);
    return owner;
}

Result<std::string> OpenNpwp(const crypto::KeyRing& keys, const std::string& owner_id,
                             std::string_view wrapped_key, const std::string& business_id,
                             std::string_view sealed_npwp) {
    if (sealed_npwp.empty()) return std::string();
    const Result<crypto::Key> key = crypto::UnwrapKey(keys, wrapped_key, KeyPlace(owner_id));
    if (!key) return std::unexpected(key.error());
    return crypto::Open(*key, sealed_npwp, NpwpPlace(business_id));
}

}  // namespace bangkit::registration
