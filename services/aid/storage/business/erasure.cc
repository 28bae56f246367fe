#include "services/aid/storage/business/erasure.h"

#include "services/aid/storage/grievance/grievances.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {

void EraseOwners(postgres::Transaction& transaction, const std::set<std::string>& owner_ids) {
    if (owner_ids.empty()) return;
    const postgres::UuidArray ids = Uuids(owner_ids);
    // With their keys, everything that is sealed by them.
    transaction.Run("DELETE FROM owner_keys WHERE owner_id = ANY($1::uuid[])", {ids});
    // What is in the files goes with the next sweep of the store.
    transaction.Run("DELETE FROM documents WHERE owner_id = ANY($1::uuid[])", {ids});
    // Whoever states the card of such a household, or is erased too, comes before this or after it.
    transaction.Run(
        "SELECT hash FROM household_hashes h"
        " WHERE h.household_id::text IN (SELECT household FROM applications"
        "                                 WHERE owner_id = ANY($1::uuid[]) AND household <> '')"
        " ORDER BY hash FOR UPDATE",
        {ids});
    // By which family card a household is known, unless somebody else has stated it too.
    transaction.Run(
        "DELETE FROM household_hashes h"
        " WHERE h.household_id::text IN (SELECT household FROM applications"
        "                                 WHERE owner_id = ANY($1::uuid[]) AND household <> '')"
        "   AND NOT EXISTS (SELECT FROM applications a JOIN owner_keys k USING (owner_id)"
        "                    WHERE a.household = h.household_id::text)",
        {ids});
    transaction.Run("DELETE FROM bank_accounts WHERE owner_id = ANY($1::uuid[])", {ids});
    transaction.Run("DELETE FROM nominee_records WHERE owner_id = ANY($1::uuid[])", {ids});
    EraseGrievancesOf(transaction, ids);
}

std::set<std::string> FindOpenNominees(postgres::Transaction& transaction,
                                       const std::set<std::string>& owner_ids) {
    // Whom the agency has not decided on.
    const postgres::Rows rows = transaction.Run(
        "SELECT application_id FROM nominees"
        " WHERE owner_id = ANY($1::uuid[]) AND state IN (1, 2, 3, 4)",
        {Uuids(owner_ids)});
    std::set<std::string> ids;
    for (int i = 0; i < rows.size(); ++i) ids.insert(rows.Uuid(i, 0));
    return ids;
}

std::set<std::string> FindOpenApplications(postgres::Transaction& transaction,
                                           const std::set<std::string>& owner_ids) {
    // From the draft to the approval, and returned ones.
    const postgres::Rows rows = transaction.Run(
        "SELECT application_id FROM applications"
        " WHERE owner_id = ANY($1::uuid[]) AND state IN (1, 2, 3, 4, 5, 10)",
        {Uuids(owner_ids)});
    std::set<std::string> ids;
    for (int i = 0; i < rows.size(); ++i) ids.insert(rows.Uuid(i, 0));
    return ids;
}

}  // namespace bangkit::aid
