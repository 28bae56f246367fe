#include "services/registration/storage/compared_traits.h"

#include "libs/crypto/keyed_hash.h"
#include "libs/crypto/sha256.h"

namespace bangkit::registration {
namespace {

/// Eight bytes are enough: who meets by chance is compared, and found to be different.
std::int64_t FirstEight(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes.substr(0, 8)) {
        number = number << 8 | static_cast<unsigned char>(byte);
    }
    return static_cast<std::int64_t>(number);
}

std::int64_t HashOf(std::string_view text) {
    crypto::Sha256 hash;
    hash.Add(text);
    return FirstEight(hash.Finish());
}

/// As PostgreSQL writes an array: "{1,2}".
template <typename Numbers>
std::string AsArray(const Numbers& numbers) {
    std::string text = "{";
    for (const auto number : numbers) {
        if (text.size() > 1) text += ',';
        text += std::to_string(number);
    }
    return text + "}";
}

}  // namespace

ComparedTraits::ComparedTraits(const crypto::KeyRing& keys) : keys_(keys) {
    std::vector<int> in_use;
    for (const int version : keys.Versions(crypto::KeyPurpose::kHash)) {
        if (!keys.IsReadOnly(crypto::KeyPurpose::kHash, version)) in_use.push_back(version);
    }
    hash_versions_ = AsArray(in_use);
}

ComparedTraits::Hashes ComparedTraits::HashesOf(std::string_view secret) const {
    Hashes hashes;
    if (secret.empty()) return hashes;
    for (const std::string& hash : crypto::KeyedHashes(keys_, "duplicates", secret)) {
        const int version = crypto::KeyVersionOf(hash);
        const std::int64_t number = FirstEight(std::string_view(hash).substr(1));
        hashes.wanted.push_back(number);
        if (!keys_.IsReadOnly(crypto::KeyPurpose::kHash, version)) hashes.stored.push_back(number);
    }
    return hashes;
}

void ComparedTraits::Add(const std::string& business_id, std::int64_t version,
                         const Traits& traits) {
    std::set<std::int64_t> stored, wanted;
    for (const std::string& key : MeetingKeys(traits)) {
        stored.insert(HashOf(key));
        wanted.insert(HashOf(key));
    }
    for (const std::string& key : SecretMeetingKeys(traits)) {
        const Hashes hashes = HashesOf(key);
        stored.insert(hashes.stored.begin(), hashes.stored.end());
        wanted.insert(hashes.wanted.begin(), hashes.wanted.end());
    }
    for (const std::int64_t key : stored) stored_.emplace(business_id, key);
    for (const std::int64_t key : wanted) {
        meeting_ids_.Add(business_id);
        meeting_keys_.Add(key);
    }
    ids_.Add(business_id);
    versions_.Add(version);
    names_.Add(traits.name);
    addresses_.Add(traits.address);
    have_nik_.Add(std::int16_t{traits.has_nik});
    phones_.Add(AsArray(HashesOf(traits.phone).stored));
    owner_names_.Add(AsArray(HashesOf(traits.owner_name).stored));
    key_lists_.Add(AsArray(stored));
}

void ComparedTraits::Save(postgres::Transaction& transaction,
                          const postgres::UuidArray& known) const {
    std::set<Key> added = stored_;
    if (known.size() > 0) {
        postgres::UuidArray left_ids;
        postgres::Int64Array left_keys;
        const postgres::Rows rows = transaction.Run(
            "SELECT business_id, unnest(keys) FROM duplicate_traits"
            " WHERE business_id = ANY($1::uuid[])",
            {known});
        for (int i = 0; i < rows.size(); ++i) {
            const Key key(rows.Uuid(i, 0), rows.Int64(i, 1));
            if (added.erase(key) > 0) continue;
            left_ids.Add(key.first);
            left_keys.Add(key.second);
        }
        transaction.Queue(
            "DELETE FROM duplicate_keys k USING unnest($1::bigint[], $2::uuid[]) u (key, id)"
            " WHERE k.key = u.key AND k.business_id = u.id",
            {left_keys, left_ids});
    }
    postgres::UuidArray added_ids;
    postgres::Int64Array added_keys;
    for (const auto& [id, key] : added) {
        added_ids.Add(id);
        added_keys.Add(key);
    }
    transaction.Queue(
        "INSERT INTO duplicate_keys (key, business_id)"
        " SELECT * FROM unnest($1::bigint[], $2::uuid[]) ON CONFLICT DO NOTHING",
        {added_keys, added_ids});
    transaction.Queue(
        "INSERT INTO duplicate_traits (business_id, version, name, address, has_nik, phone,"
        "   owner_name, keys, hash_versions)"
        " SELECT id, version, name, address, has_nik = 1, phone::bigint[], owner_name::bigint[],"
        "        keys::bigint[], $9::text::smallint[]"
        "   FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::smallint[],"
        "               $6::text[], $7::text[], $8::text[])"
        "     AS u (id, version, name, address, has_nik, phone, owner_name, keys)"
        " ON CONFLICT (business_id) DO UPDATE"
        "    SET version = excluded.version, name = excluded.name, address = excluded.address,"
        "        has_nik = excluded.has_nik, phone = excluded.phone,"
        "        owner_name = excluded.owner_name, keys = excluded.keys,"
        "        hash_versions = excluded.hash_versions",
        {ids_, versions_, names_, addresses_, have_nik_, phones_, owner_names_, key_lists_,
         hash_versions_});
}

}  // namespace bangkit::registration
