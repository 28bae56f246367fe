#include "services/aid/storage/key_versions.h"

namespace bangkit::aid {
namespace {

constexpr const char* kSealedTables[] = {"owner_keys", "grievances"};

}  // namespace

std::vector<rotation::KeyNeed> WhatNeedsKey(postgres::Connection& connection,
                                            crypto::KeyPurpose purpose, int version) {
    connection.RunScript("SET bangkit.regions = '*'");  // Row-level security.
    rotation::KeyNeeds needs(connection, version);
    if (purpose == crypto::KeyPurpose::kMaster) {
        needs.AddSealed(kSealedTables);
        return needs.all();
    }
    // A family card that no other key knows, and that somebody has stated who is not erased:
    // without this key its household would be taken for a new one.
    needs.Add("household_hashes", true,
              "SELECT count(*) FROM (SELECT FROM household_hashes h"
              "  WHERE EXISTS (SELECT FROM applications a JOIN owner_keys USING (owner_id)"
              "                 WHERE a.household = h.household_id::text)"
              "  GROUP BY household_id HAVING every(get_byte(hash, 0) = $1::bigint)) alone");
    needs.AddRequests();
    return needs.all();
}

bool RetireKey(postgres::Connection& connection, crypto::KeyPurpose purpose, int version) {
    return rotation::RetireKey(connection, purpose, version, kSealedTables);
}

}  // namespace bangkit::aid
