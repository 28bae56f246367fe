#include "libs/rotation/key_versions.h"

#include "libs/base/settings.h"
#include "libs/crypto/keyed_hash.h"

namespace bangkit::rotation {
namespace {

using crypto::KeyPurpose;
using postgres::Int64;

constexpr std::string_view kCheckViolation = "23514";

std::int16_t NumberOf(KeyPurpose purpose) { return purpose == KeyPurpose::kMaster ? 1 : 2; }

/// The keys that are not retired and not in the ring.
postgres::Rows Missing(auto& database, const crypto::KeyRing& keys) {
    postgres::SmallintArray purposes, versions;
    for (const KeyPurpose purpose : {KeyPurpose::kMaster, KeyPurpose::kHash}) {
        for (const int version : keys.Versions(purpose)) {
            purposes.Add(NumberOf(purpose));
            versions.Add(static_cast<std::int16_t>(version));
        }
    }
    return database.Run(
        "SELECT purpose, version FROM key_versions k"
        " WHERE retired_at IS NULL"
        "   AND NOT EXISTS (SELECT FROM unnest($1::smallint[], $2::smallint[]) u (purpose, version)"
        "                    WHERE u.purpose = k.purpose AND u.version = k.version)",
        {purposes, versions});
}

/// Refuses what is sealed under this version, in rows that are there and in all to come.
std::string SealFence(const std::string& table, int version) {
    const std::string name = "not_by_master_" + std::to_string(version);
    const std::string first_byte = "set_byte('\\x00'::bytea, 0, " + std::to_string(version) + ")";
    return "ALTER TABLE " + table + " DROP CONSTRAINT IF EXISTS " + name + ";" + "ALTER TABLE " +
           table + " ADD CONSTRAINT " + name + " CHECK (substring(wrapped_key FROM 1 FOR 1) <> " +
           first_byte + ")";
}

}  // namespace

void AnnounceKeys(postgres::Connection& connection, const crypto::KeyRing& keys) {
    const postgres::Rows missing = Missing(connection, keys);
    if (missing.size() > 0) {
        throw SettingError(std::string("the key file lacks ") +
                           (missing.Int64(0, 0) == 1 ? "master" : "hash") + " key " +
                           std::to_string(missing.Int64(0, 1)) + ", which is in use");
    }
    for (const KeyPurpose purpose : {KeyPurpose::kMaster, KeyPurpose::kHash}) {
        for (const int version : keys.Versions(purpose)) {
            connection.Run(
                "INSERT INTO key_versions (purpose, version)"
                " VALUES ($1::bigint::smallint, $2::bigint::smallint) ON CONFLICT DO NOTHING",
                {Int64(NumberOf(purpose)), Int64(version)});
        }
    }
}

bool HasAllKeys(postgres::Transaction& transaction, const crypto::KeyRing& keys) {
    return Missing(transaction, keys).size() == 0;
}

void KeyNeeds::Add(const std::string& what, bool can_be_moved, std::string_view sql) {
    const std::int64_t count = connection_.Run(sql, {Int64(version_)}).Int64(0, 0);
    if (count > 0) needs_.push_back({.what = what, .count = count, .can_be_moved = can_be_moved});
}

void KeyNeeds::AddSealed(SealedTables tables) {
    for (const std::string table : tables) {
        Add(table, true,
            "SELECT count(*) FROM " + table +
                " WHERE wrapped_key <> '' AND get_byte(wrapped_key, 0) = $1::bigint");
    }
}

void KeyNeeds::AddRequests() {
    Add("requests", false,
        "SELECT count(*) FROM idempotency WHERE get_byte(fingerprint, 0) = $1::bigint"
        "   AND length(fingerprint) = 33");
    static_assert(crypto::kKeyedHashSize == 33);
}

bool RetireKey(postgres::Connection& connection, KeyPurpose purpose, int version,
               SealedTables tables) {
    try {
        postgres::Transaction transaction(connection);
        connection.RunScript("SET LOCAL lock_timeout = '2s'");
        if (purpose == KeyPurpose::kMaster) {
            for (const char* const table : tables) {
                connection.RunScript(SealFence(table, version));
            }
        }
        transaction.Run(
            "UPDATE key_versions SET retired_at = now()"
            " WHERE purpose = $1::bigint AND version = $2::bigint AND retired_at IS NULL",
            {Int64(NumberOf(purpose)), Int64(version)});
        transaction.Commit();
        return true;
    } catch (const postgres::SqlError& error) {
        if (error.state() == kCheckViolation) return false;
        throw;
    }
}

}  // namespace bangkit::rotation
