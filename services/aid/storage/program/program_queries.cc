#include "services/aid/storage/program/program_queries.h"

#include "services/aid/storage/program/programs.h"

namespace bangkit::aid {
namespace {

using postgres::Int64;

const std::string kFindSql = "SELECT " + std::string(kProgramColumns) +
                             " FROM programs p WHERE p.program_id = $1::text::uuid";

const std::string kListSql =
    "SELECT " + std::string(kProgramColumns) +
    "  FROM programs p"
    " WHERE p.program_id > $1::text::uuid"
    "   AND ($2::text = '' OR (p.region_code >= $2::text COLLATE \"C\""
    "                      AND p.region_code < ($2::text || '/') COLLATE \"C\"))"  // After '.'.
    "   AND ($3::bigint = 0 OR p.instrument = $3) AND ($4::bigint = 0 OR p.state = $4)"
    "   AND ($5::bigint = 0 OR p.fiscal_year = $5)"
    " ORDER BY p.program_id LIMIT $6::bigint";

std::string Number(const auto& value) {
    return Int64(value ? static_cast<std::int64_t>(*value) : 0);
}

}  // namespace

std::optional<Program> ProgramQueries::Find(const Viewer& viewer,
                                            const std::string& program_id) const {
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kFindSql, {program_id});
    });
    if (rows.size() == 0) return std::nullopt;
    return ToProgram(rows, 0);
}

std::vector<Program> ProgramQueries::List(const Viewer& viewer, const ProgramFilter& filter,
                                          const std::string& after, std::int64_t limit) const {
    const std::string instrument = Number(filter.instrument), state = Number(filter.state),
                      year = Int64(filter.fiscal_year), most = Int64(limit);
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kListSql,
                               {after, filter.region_code, instrument, state, year, most});
    });
    std::vector<Program> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToProgram(rows, i));
    return found;
}

}  // namespace bangkit::aid
