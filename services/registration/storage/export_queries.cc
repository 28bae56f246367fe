#include "services/registration/storage/export_queries.h"

namespace bangkit::registration {

std::set<std::string> ExportQueries::OwnersOfSeveral(const Viewer& viewer,
                                                     const std::set<std::string>& owner_ids) const {
    postgres::UuidArray ids;
    for (const std::string& id : owner_ids) ids.Add(id);
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(
            "SELECT owner_id FROM businesses"
            " WHERE owner_id = ANY($1::uuid[]) AND merged_into IS NULL"
            " GROUP BY owner_id HAVING count(*) > 1",
            {ids});
    });
    std::set<std::string> owners;
    for (int i = 0; i < rows.size(); ++i) owners.insert(rows.Uuid(i, 0));
    return owners;
}

}  // namespace bangkit::registration
