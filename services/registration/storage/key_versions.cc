#include "services/registration/storage/key_versions.h"

namespace bangkit::registration {
namespace {

using crypto::KeyPurpose;

// Where data keys lie, each sealed under the master key whose version is its first byte; in the
// order in which an import locks them.
constexpr const char* kSealedTables[] = {"import_jobs", "owners", "intake_keys", "needs"};

}  // namespace

std::vector<KeyNeed> WhatNeedsKey(postgres::Connection& connection, KeyPurpose purpose,
                                  int version) {
    rotation::KeyNeeds needs(connection, version);
    if (purpose == KeyPurpose::kMaster) {
        needs.AddSealed(kSealedTables);
        return needs.all();
    }
    // A NIK or NIB that no other key of the ring claims: those would be free without this one.
    needs.Add("claims", true,
              "SELECT count(*) FROM (SELECT FROM identity_claims WHERE kind IN (1, 2)"
              "  GROUP BY kind, subject_id HAVING every(get_byte(hash, 0) = $1::bigint)) alone");
    needs.Add("owner_phones", true,
              "SELECT count(*) FROM (SELECT FROM owner_phones"
              "  GROUP BY owner_id HAVING every(get_byte(hash, 0) = $1::bigint)) alone");
    needs.Add("import_rows", false,
              "SELECT count(*) FROM (SELECT FROM identity_claims WHERE kind = 3"
              "  GROUP BY subject_id HAVING every(get_byte(hash, 0) = $1::bigint)) alone");
    needs.Add("duplicate_traits", true,
              "SELECT count(*) FROM duplicate_traits WHERE (phone <> '{}' OR owner_name <> '{}')"
              "   AND $1::bigint = ALL (hash_versions)");
    needs.Add("import_failed_rows", false,
              "SELECT count(*) FROM import_failed_rows"
              " WHERE nik_hash IS NOT NULL AND get_byte(nik_hash, 0) = $1::bigint");
    needs.Add("erased_niks", false,
              "SELECT count(*) FROM (SELECT FROM erased_niks"
              "  GROUP BY entry_id HAVING every(get_byte(hash, 0) = $1::bigint)) alone");
    needs.Add("intake_submissions", false,
              "SELECT count(*) FROM intake_submissions WHERE get_byte(fingerprint, 0) = $1::bigint"
              "   AND length(fingerprint) = 33");
    needs.AddRequests();
    return needs.all();
}

bool RetireKey(postgres::Connection& connection, KeyPurpose purpose, int version) {
    return rotation::RetireKey(connection, purpose, version, kSealedTables);
}

}  // namespace bangkit::registration
