#include "services/registration/storage/key_versions.h"

#include <algorithm>

#include "libs/base/settings.h"
#include "libs/crypto/keyed_hash.h"

namespace bangkit::registration {
namespace {

using crypto::KeyPurpose;
using postgres::Int64;

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

constexpr std::string_view kCheckViolation = "23514";

// Where data keys lie, each sealed under the master key whose version is its first byte; in the
// order in which an import locks them.
constexpr const char* kSealedTables[] = {"import_jobs", "owners", "intake_keys", "needs"};

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

std::vector<KeyNeed> WhatNeedsKey(postgres::Connection& connection, KeyPurpose purpose,
                                  int version) {
    std::vector<KeyNeed> needs;
    const auto add = [&](const std::string& what, bool can_be_moved, std::string_view sql) {
        const std::int64_t count = connection.Run(sql, {Int64(version)}).Int64(0, 0);
        if (count > 0) needs.push_back({what, count, can_be_moved});
    };
    if (purpose == KeyPurpose::kMaster) {
        for (const std::string table : kSealedTables) {
            add(table, true,
                "SELECT count(*) FROM " + table +
                    " WHERE wrapped_key <> '' AND get_byte(wrapped_key, 0) = $1::bigint");
        }
        return needs;
    }
    // A NIK or NIB that no other key of the ring claims: those would be free without this one.
    add("claims", true,
        "SELECT count(*) FROM (SELECT FROM identity_claims WHERE kind IN (1, 2)"
        "  GROUP BY kind, subject_id HAVING every(get_byte(hash, 0) = $1::bigint)) alone");
    add("owner_phones", true,
        "SELECT count(*) FROM (SELECT FROM owner_phones"
        "  GROUP BY owner_id HAVING every(get_byte(hash, 0) = $1::bigint)) alone");
    add("import_rows", false,
        "SELECT count(*) FROM (SELECT FROM identity_claims WHERE kind = 3"
        "  GROUP BY subject_id HAVING every(get_byte(hash, 0) = $1::bigint)) alone");
    add("duplicate_traits", true,
        "SELECT count(*) FROM duplicate_traits WHERE (phone <> '{}' OR owner_name <> '{}')"
        "   AND $1::bigint = ALL (hash_versions)");
    add("import_failed_rows", false,
        "SELECT count(*) FROM import_failed_rows"
        " WHERE nik_hash IS NOT NULL AND get_byte(nik_hash, 0) = $1::bigint");
    add("erased_niks", false,
        "SELECT count(*) FROM (SELECT FROM erased_niks"
        "  GROUP BY entry_id HAVING every(get_byte(hash, 0) = $1::bigint)) alone");
    add("intake_submissions", false,
        "SELECT count(*) FROM intake_submissions WHERE get_byte(fingerprint, 0) = $1::bigint"
        "   AND length(fingerprint) = 33");
    add("requests", false,
        "SELECT count(*) FROM idempotency WHERE get_byte(fingerprint, 0) = $1::bigint"
        "   AND length(fingerprint) = 33");
    static_assert(crypto::kKeyedHashSize == 33);
    return needs;
}

bool RetireKey(postgres::Connection& connection, KeyPurpose purpose, int version) {
    try {
        postgres::Transaction transaction(connection);
        connection.RunScript("SET LOCAL lock_timeout = '2s'");
        if (purpose == KeyPurpose::kMaster) {
            for (const char* const table : kSealedTables) {
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

}  // namespace bangkit::registration
