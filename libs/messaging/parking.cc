#include "libs/messaging/parking.h"

#include <utility>

namespace bangkit::messaging {
namespace {

ParkedRequest ToRequest(std::string_view name) {
    if (name == "retry") return ParkedRequest::kRetry;
    if (name == "drop") return ParkedRequest::kDrop;
    if (name == "skip") return ParkedRequest::kSkip;
    return ParkedRequest::kNone;
}

std::string ToAnswer(const Outcome& outcome) {
    switch (outcome.kind) {
        case Outcome::Kind::kApplied: return "applied";
        case Outcome::Kind::kCopy: return "of a version that was applied or dropped before";
        case Outcome::Kind::kDropped: return "dropped";
        case Outcome::Kind::kRefused:
        case Outcome::Kind::kWaits: return outcome.error;
    }
    return outcome.error;
}

// Not in one statement with the records: that would read the requests before it has the locks.
void LoadRequests(postgres::Transaction& transaction, std::vector<DueRecord>& due) {
    postgres::Int64Array ids;
    for (const DueRecord& each : due) {
        if (each.request_id != 0) ids.Add(each.request_id);
    }
    if (ids.size() == 0) return;
    const postgres::Rows rows = transaction.Run(
        "SELECT r.request_id, r.request,"
        "       r.request = 'skip' AND NOT EXISTS ("
        "           SELECT FROM inbox_parked p"
        "            WHERE p.topic = r.topic AND p.aggregate_type = r.aggregate_type"
        "              AND p.aggregate_id = r.aggregate_id AND p.version < r.version"
        "              AND p.version > coalesce((SELECT last_version FROM inbox_versions v"
        "                                         WHERE v.topic = r.topic"
        "                                           AND v.aggregate_type = r.aggregate_type"
        "                                           AND v.aggregate_id = r.aggregate_id), 0))"
        "  FROM inbox_requests r WHERE r.request_id = ANY($1::bigint[])",
        {ids});
    for (DueRecord& each : due) {
        for (int i = 0; i < rows.size(); ++i) {
            if (rows.Int64(i, 0) != each.request_id) continue;
            each.request = ToRequest(rows.Bytes(i, 1));
            each.is_first = rows.Bool(i, 2);
        }
    }
}

}  // namespace

kafka::Headers ToParkedHeaders(std::vector<std::string> names_and_values) {
    kafka::Headers headers;
    for (std::size_t i = 0; i + 1 < names_and_values.size(); i += 2) {
        headers.emplace_back(std::move(names_and_values[i]), std::move(names_and_values[i + 1]));
    }
    return headers;
}

std::vector<DueRecord> LoadDue(postgres::Transaction& transaction, const std::string& topic,
                               std::span<const RecordPlace> places) {
    postgres::Int64Array partitions, offsets;
    for (const RecordPlace& place : places) {
        partitions.Add(place.partition);
        offsets.Add(place.offset);
    }
    const postgres::Rows rows = transaction.Run(
        "SELECT p.partition, p.record_offset, p.record_key, p.payload, p.headers,"
        "       coalesce(p.request_id, 0)"
        "  FROM unnest($2::bigint[], $3::bigint[]) AS u (partition, record_offset)"
        "  JOIN inbox_parked p ON p.topic = $1::text AND p.partition = u.partition"
        "                     AND p.record_offset = u.record_offset"
        " WHERE p.is_due ORDER BY p.partition, p.record_offset FOR UPDATE OF p",
        {topic, partitions, offsets});
    std::vector<DueRecord> due;
    for (int i = 0; i < rows.size(); ++i) {
        due.push_back({.record = {.partition = static_cast<std::int32_t>(rows.Int64(i, 0)),
                                  .offset = rows.Int64(i, 1),
                                  .key = rows.Text(i, 2),
                                  .payload = rows.Text(i, 3),
                                  .headers = ToParkedHeaders(rows.BytesList(i, 4))},
                       .request_id = rows.Int64(i, 5)});
    }
    LoadRequests(transaction, due);
    return due;
}

void Parking::Add(const kafka::Record& record, const Envelope* envelope, Outcome outcome) {
    parked_.push_back({&record, envelope == nullptr ? Envelope{} : *envelope, std::move(outcome)});
}

void Parking::Settle(const DueRecord& due, const Outcome& outcome) {
    settled_.push_back({.place = {due.record.partition, due.record.offset},
                        .request_id = due.request_id,
                        .outcome = outcome});
}

void Parking::Save(postgres::Transaction& transaction) const {
    for (const Parked& each : parked_) Insert(transaction, each);  // Rare: one statement each.
    if (!settled_.empty()) SaveSettled(transaction);
}

void Parking::Insert(postgres::Transaction& transaction, const Parked& parked) const {
    postgres::BytesArray headers;
    for (const auto& [name, value] : parked.record->headers) {
        headers.Add(name);
        headers.Add(value);
    }
    const bool is_refused = parked.outcome.kind == Outcome::Kind::kRefused;
    transaction.Queue(
        "WITH earlier AS ("
        "  SELECT max(request_id) AS request_id FROM inbox_requests"
        "   WHERE topic = $1::text AND partition = $2::bigint AND record_offset = $3::bigint"
        "     AND digest = sha256($10::bytea)"
        "     AND (request, outcome) IN (('drop', 'dropped'), ('skip', 'applied')))"
        " INSERT INTO inbox_parked (topic, partition, record_offset, aggregate_type,"
        "                           aggregate_id, version, type, record_key, headers, payload,"
        "                           error, refused_by, is_due, request_id)"
        " SELECT $1::text, $2::bigint, $3::bigint, $4::text, NULLIF($5::text, '')::uuid,"
        "        $6::bigint, $7::text, $8::bytea, $9::bytea[], $10::bytea, $11::text,"
        "        NULLIF($12::text, '')::uuid, request_id IS NOT NULL OR $13::bigint = 1,"
        "        request_id"
        "   FROM earlier"
        " ON CONFLICT DO NOTHING",
        {topic_, postgres::Int64(parked.record->partition), postgres::Int64(parked.record->offset),
         parked.envelope.aggregate_type, parked.envelope.aggregate_id,
         postgres::Int64(parked.envelope.version), parked.envelope.type, parked.record->key,
         headers, parked.record->payload, parked.outcome.error,
         is_refused ? std::string_view(consumer_id_) : std::string_view(),
         postgres::Int64(parked.outcome.is_due ? 1 : 0)});
}

void Parking::SaveSettled(postgres::Transaction& transaction) const {
    struct {
        postgres::Int64Array partitions, offsets;
        postgres::TextArray errors, refused_by;
    } out, kept;
    postgres::Int64Array request_ids;
    postgres::TextArray answers;
    for (const Settled& each : settled_) {
        auto& rows = each.outcome.IsParked() ? kept : out;
        const bool is_refused = each.outcome.kind == Outcome::Kind::kRefused;
        rows.partitions.Add(each.place.partition);
        rows.offsets.Add(each.place.offset);
        rows.errors.Add(each.outcome.error);
        rows.refused_by.AddOrNull(is_refused ? consumer_id_ : std::string());
        // A request for what waits stands until it has its turn.
        if (each.request_id == 0 || each.outcome.kind == Outcome::Kind::kWaits) continue;
        request_ids.Add(each.request_id);
        answers.Add(ToAnswer(each.outcome));
    }
    transaction.Queue(
        "DELETE FROM inbox_parked t USING unnest($2::bigint[], $3::bigint[]) AS u (partition, at)"
        " WHERE t.topic = $1::text AND t.partition = u.partition AND t.record_offset = u.at",
        {topic_, out.partitions, out.offsets});
    transaction.Queue(
        "UPDATE inbox_parked t SET is_due = false, error = u.error,"
        "       refused_by = u.refused_by::uuid,"
        "       request_id = CASE WHEN u.refused_by IS NULL THEN t.request_id END"
        "  FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[])"
        "    AS u (partition, at, error, refused_by)"
        " WHERE t.topic = $1::text AND t.partition = u.partition AND t.record_offset = u.at",
        {topic_, kept.partitions, kept.offsets, kept.errors, kept.refused_by});
    transaction.Queue(
        "UPDATE inbox_requests t SET outcome = u.outcome, done_at = now()"
        "  FROM unnest($1::bigint[], $2::text[]) AS u (request_id, outcome)"
        " WHERE t.request_id = u.request_id",
        {request_ids, answers});
}

}  // namespace bangkit::messaging
