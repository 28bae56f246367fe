#include "services/registration/storage/need_queries.h"

#include <stdexcept>

#include "services/registration/storage/needs.h"

namespace bangkit::registration {
namespace {

using postgres::Int64;

const std::string kFindSql = "SELECT " + std::string(kNeedColumns) +
                             ", n.wrapped_key, n.text FROM needs n"
                             " WHERE n.need_id = $1::text::uuid";

const std::string kListSql =
    "SELECT " + std::string(kNeedColumns) +
    ", n.wrapped_key, n.text FROM needs n"
    " WHERE n.need_id > $1::text::uuid"
    "   AND ($2::text = '' OR (n.region_code >= $2::text COLLATE \"C\""
    "                      AND n.region_code < ($2::text || '/') COLLATE \"C\"))"  // After '.'.
    "   AND ($3::bigint = 0 OR n.topic = $3) AND ($4::bigint = 0 OR n.status = $4)"
    "   AND ($5::bigint = 0 OR n.source = $5)"
    " ORDER BY n.need_id LIMIT $6::bigint";

std::string Number(const auto& value) {
    return Int64(value ? static_cast<std::int64_t>(*value) : 0);
}

}  // namespace

std::optional<StoredNeed> NeedQueries::Find(const Viewer& viewer,
                                            const std::string& need_id) const {
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kFindSql, {need_id});
    });
    if (rows.size() == 0) return std::nullopt;
    return ToStored(rows, 0);
}

std::vector<StoredNeed> NeedQueries::List(const Viewer& viewer, const NeedFilter& filter,
                                          const std::string& after, std::int64_t limit) const {
    const std::string topic = Number(filter.topic), status = Number(filter.status),
                      source = Number(filter.source), most = Int64(limit);
    const postgres::Rows rows = ReadAs(pool_, viewer, [&](postgres::Transaction& transaction) {
        return transaction.Run(kListSql, {after, filter.region_code, topic, status, source, most});
    });
    std::vector<StoredNeed> found;
    for (int i = 0; i < rows.size(); ++i) found.push_back(ToStored(rows, i));
    return found;
}

StoredNeed NeedQueries::ToStored(const postgres::Rows& rows, int i) const {
    StoredNeed stored{.need = ToNeed(rows, i), .text = {}};
    Result<std::string> text = OpenNeedText(keys_, stored.need.id, rows.Bytes(i, kNeedColumnCount),
                                            rows.Bytes(i, kNeedColumnCount + 1));
    if (!text) throw std::runtime_error("the words of a need cannot be opened");
    stored.text = *std::move(text);
    return stored;
}

}  // namespace bangkit::registration
