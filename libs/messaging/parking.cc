#include "libs/messaging/parking.h"

#include <vector>

namespace bangkit::messaging {

void Parking::Add(const kafka::Record& record, const Envelope* envelope, std::string_view error) {
    parked_.push_back({&record, envelope == nullptr ? Envelope{} : *envelope, std::string(error)});
}

void Parking::Save(postgres::Transaction& transaction) const {
    for (const Parked& each : parked_) {  // Rare: one statement each.
        postgres::BytesArray headers;
        for (const auto& [name, value] : each.record->headers) {
            headers.Add(name);
            headers.Add(value);
        }
        transaction.Queue(
            "INSERT INTO inbox_parked (topic, partition, record_offset, aggregate_type,"
            "                          aggregate_id, version, type, record_key, headers, payload,"
            "                          error)"
            " VALUES ($1::text, $2::bigint, $3::bigint, $4::text, NULLIF($5::text, '')::uuid,"
            "         $6::bigint, $7::text, $8::bytea, $9::bytea[], $10::bytea, $11::text)"
            " ON CONFLICT DO NOTHING",
            {topic_, postgres::Int64(each.record->partition), postgres::Int64(each.record->offset),
             each.envelope.aggregate_type, each.envelope.aggregate_id,
             postgres::Int64(each.envelope.version), each.envelope.type, each.record->key, headers,
             each.record->payload, each.error});
    }
}

}  // namespace bangkit::messaging
