#include "libs/messaging/parked_records.h"

#include <limits>
#include <utility>

namespace bangkit::messaging {
namespace {

/// A filter, as $1 to $5.
constexpr const char* kIsMeant =
    " ($1::text = '' OR topic = $1::text)"
    " AND ($2::bigint < 0 OR (partition = $2::bigint AND record_offset = $3::bigint))"
    " AND ($5::text = '' OR (aggregate_type = $4::text AND aggregate_id = $5::text::uuid))";

struct FilterParams {
    explicit FilterParams(const ParkedFilter& filter)
        : partition(postgres::Int64(filter.place ? filter.place->partition : -1)),
          offset(postgres::Int64(filter.place ? filter.place->offset : -1)) {}
    const std::string partition, offset;
};

std::string_view NameOf(ParkedRequest request) {
    switch (request) {
        case ParkedRequest::kDrop: return "drop";
        case ParkedRequest::kSkip: return "skip";
        case ParkedRequest::kNone:
        case ParkedRequest::kRetry: return "retry";
    }
    return "retry";
}

}  // namespace

std::vector<ParkedRecord> FindParked(postgres::Connection& connection, const ParkedFilter& filter,
                                     std::int64_t max, bool with_content) {
    const FilterParams params(filter);
    const postgres::Rows rows = connection.Run(
        std::string("SELECT topic, partition, record_offset, aggregate_type,"
                    "       coalesce(aggregate_id::text, ''), version, type, error, parked_at,"
                    "       refused_by IS NOT NULL,"
                    "       CASE WHEN $6::boolean THEN record_key ELSE '' END,"
                    "       CASE WHEN $6::boolean THEN payload ELSE '' END,"
                    "       CASE WHEN $6::boolean THEN headers ELSE '{}' END"
                    "  FROM inbox_parked WHERE") +
            kIsMeant + " ORDER BY topic, partition, record_offset LIMIT $7::bigint",
        {filter.topic, params.partition, params.offset, filter.aggregate_type, filter.aggregate_id,
         with_content ? std::string_view("\1", 1) : std::string_view("\0", 1),
         postgres::Int64(max)});
    std::vector<ParkedRecord> found;
    for (int i = 0; i < rows.size(); ++i) {
        found.push_back({.topic = rows.Text(i, 0),
                         .record = {.partition = static_cast<std::int32_t>(rows.Int64(i, 1)),
                                    .offset = rows.Int64(i, 2),
                                    .key = rows.Text(i, 10),
                                    .payload = rows.Text(i, 11),
                                    .headers = ToParkedHeaders(rows.BytesList(i, 12))},
                         .aggregate_type = rows.Text(i, 3),
                         .aggregate_id = rows.Text(i, 4),
                         .version = rows.Int64(i, 5),
                         .type = rows.Text(i, 6),
                         .error = rows.Text(i, 7),
                         .parked_at = rows.Time(i, 8),
                         .is_refused = rows.Bool(i, 9)});
    }
    return found;
}

std::int64_t CountParked(postgres::Connection& connection, const ParkedFilter& filter) {
    const FilterParams params(filter);
    return connection
        .Run(std::string("SELECT count(*) FROM inbox_parked WHERE") + kIsMeant,
             {filter.topic, params.partition, params.offset, filter.aggregate_type,
              filter.aggregate_id})
        .Int64(0, 0);
}

std::vector<std::int64_t> RequestForParked(postgres::Connection& connection,
                                           const ParkedFilter& filter, ParkedRequest request,
                                           std::string_view operator_name) {
    const FilterParams params(filter);
    const bool is_for_all = request == ParkedRequest::kRetry && !filter.place;
    const postgres::Rows rows = connection.Run(
        std::string("WITH chosen AS ("
                    "  SELECT * FROM inbox_parked WHERE") +
            kIsMeant +
            "     AND ($8::bigint = 1 OR refused_by IS NOT NULL)"
            "   ORDER BY version, topic, partition, record_offset LIMIT $8::bigint FOR UPDATE),"
            " asked AS ("
            "  INSERT INTO inbox_requests (operator, request, topic, partition, record_offset,"
            "                              digest, aggregate_type, aggregate_id, version)"
            "  SELECT $6::text, $7::text, topic, partition, record_offset, sha256(payload),"
            "         aggregate_type, aggregate_id, version FROM chosen"
            "  RETURNING *)"
            " UPDATE inbox_parked t SET is_due = true, request_id = a.request_id"
            "   FROM asked a"
            "  WHERE t.topic = a.topic AND t.partition = a.partition"
            "    AND t.record_offset = a.record_offset"
            " RETURNING t.request_id",
        {filter.topic, params.partition, params.offset, filter.aggregate_type, filter.aggregate_id,
         operator_name, NameOf(request),
         postgres::Int64(is_for_all ? std::numeric_limits<std::int64_t>::max() : 1)});
    std::vector<std::int64_t> ids;
    for (int i = 0; i < rows.size(); ++i) ids.push_back(rows.Int64(i, 0));
    return ids;
}

std::vector<ParkedRequestState> FindRequests(postgres::Connection& connection,
                                             const std::vector<std::int64_t>& request_ids) {
    postgres::Int64Array ids;
    for (const std::int64_t id : request_ids) ids.Add(id);
    const postgres::Rows rows = connection.Run(
        "SELECT r.topic, r.partition, r.record_offset,"
        "       coalesce(r.outcome, CASE WHEN p.request_id = r.request_id THEN p.error"
        "                                ELSE 'something else was asked for' END),"
        "       r.outcome IS NOT NULL OR p.request_id IS DISTINCT FROM r.request_id,"
        "       coalesce(p.is_due, false), p.topic IS NOT NULL"
        "  FROM inbox_requests r LEFT JOIN inbox_parked p USING (topic, partition, record_offset)"
        " WHERE r.request_id = ANY($1::bigint[]) ORDER BY r.topic, r.partition, r.record_offset",
        {ids});
    using Progress = ParkedRequestState::Progress;
    std::vector<ParkedRequestState> states;
    for (int i = 0; i < rows.size(); ++i) {
        const Progress open = rows.Bool(i, 5) ? Progress::kPending : Progress::kWaits;
        states.push_back({.topic = rows.Text(i, 0),
                          .place = {.partition = static_cast<std::int32_t>(rows.Int64(i, 1)),
                                    .offset = rows.Int64(i, 2)},
                          .progress = rows.Bool(i, 4) ? Progress::kDone : open,
                          .is_parked = rows.Bool(i, 6),
                          .outcome = rows.Text(i, 3)});
    }
    return states;
}

}  // namespace bangkit::messaging
