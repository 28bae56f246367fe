#include "services/aid/storage/application/application_queries.h"

#include <string_view>

#include "services/aid/storage/application/applications.h"

namespace bangkit::aid {
namespace {

const std::string kFindSql = "SELECT " + std::string(kApplicationColumns) +
                             " FROM applications a WHERE a.application_id = $1::text::uuid";

// Each list goes along an index: of its programme, of the owner who looks, or of all.
std::string ListSql(std::string_view of_what) {
    return "SELECT " + std::string(kApplicationColumns) +
           "  FROM applications a"
           " WHERE a.application_id > $1::text::uuid AND " +
           std::string(of_what) +
           "   AND ($3::text = '' OR (a.region_code >= $3::text COLLATE \"C\""
           "                      AND a.region_code < ($3::text || '/') COLLATE \"C\"))"
           "   AND ($4::bigint = 0 OR a.state = $4)"
           " ORDER BY a.application_id LIMIT $5::bigint";  // '/' follows '.'.
}
const std::string kListOfProgramSql = ListSql("a.program_id = $2::text::uuid AND $6::text = ''");
const std::string kListOfOwnerSql =
    ListSql("a.owner_id = $6::text::uuid AND ($2::text = '' OR a.program_id::text = $2::text)");
const std::string kListSql = ListSql("$2::text = '' AND $6::text = ''");

}  // namespace

std::optional<Application> ApplicationQueries::Find(const Viewer& viewer,
                                                    const std::string& application_id) const {
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kFindSql, {application_id});
    });
    if (rows.size() == 0) return std::nullopt;
    return ToApplication(rows, 0);
}

std::vector<Application> ApplicationQueries::List(const Viewer& viewer,
                                                  const ApplicationFilter& filter,
                                                  const std::string& after,
                                                  std::int64_t limit) const {
    const std::string state =
        postgres::Int64(filter.state ? static_cast<std::int64_t>(*filter.state) : 0);
    const std::string most = postgres::Int64(limit);
    const std::string& sql = !viewer.owner_id.empty()     ? kListOfOwnerSql
                             : !filter.program_id.empty() ? kListOfProgramSql
                                                          : kListSql;
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(
            sql, {after, filter.program_id, filter.region_code, state, most, viewer.owner_id});
    });
    std::vector<Application> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToApplication(rows, i));
    return found;
}

}  // namespace bangkit::aid
