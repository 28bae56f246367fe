#include "services/registration/storage/import_queries.h"

#include <stdexcept>

namespace bangkit::registration {
namespace {

using postgres::Int64;

constexpr std::string_view kLast = "ffffffff-ffff-ffff-ffff-ffffffffffff";

const std::string kSelect = "SELECT " + std::string(kImportColumns) + "  FROM import_jobs j";
const std::string kFindSql = kSelect + " WHERE job_id = $1::text::uuid";
const std::string kListSql =
    kSelect +
    " WHERE job_id < $1::text::uuid AND ($2::text = '' OR subject = $2)"
    "   AND ($3::bigint = 0 OR state = $3)"
    "   AND NOT EXISTS (SELECT FROM unnest(string_to_array(j.regions, ',')) r"
    "                    WHERE NOT EXISTS (SELECT FROM unnest($4::text[]) seen"
    "                                       WHERE r = seen OR starts_with(r, seen || '.')))"
    " ORDER BY job_id DESC LIMIT $5::bigint";

}  // namespace

std::optional<StoredImport> ImportQueries::Find(const std::string& job_id) const {
    const postgres::Rows rows = pool_.Read(
        [&](postgres::Connection& connection) { return connection.Run(kFindSql, {job_id}); });
    if (rows.size() == 0) return std::nullopt;
    return ToStoredImport(rows, 0);
}

std::vector<StoredImport> ImportQueries::List(const ImportFilter& filter, const std::string& before,
                                              std::int64_t limit) const {
    postgres::TextArray regions;
    for (const std::string& region : filter.regions) regions.Add(region);
    const std::int64_t state = filter.state ? static_cast<std::int64_t>(*filter.state) : 0;
    const postgres::Rows rows = pool_.Read([&](postgres::Connection& connection) {
        return connection.Run(kListSql, {before.empty() ? kLast : std::string_view(before),
                                         filter.subject, Int64(state), regions, Int64(limit)});
    });
    std::vector<StoredImport> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToStoredImport(rows, i));
    return found;
}

std::vector<FailedRow> ImportQueries::FailedRows(const StoredImport& stored, std::int64_t after,
                                                 std::int64_t limit) const {
    const Result<ImportSeal> seal = ImportSeal::Unwrap(keys_, stored.job.id, stored.wrapped_key);
    if (!seal) throw std::runtime_error("the key of an import: " + seal.error().reason);
    return pool_.Read([&](postgres::Connection& connection) {
        return ReadFailedRows(connection, *seal, stored.job.id, after, limit);
    });
}

}  // namespace bangkit::registration
