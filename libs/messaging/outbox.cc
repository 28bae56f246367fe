#include "libs/messaging/outbox.h"

namespace bangkit::messaging {

void Outbox::Add(const OutgoingEvent& event) {
    aggregate_types_.Add(event.aggregate_type);
    aggregate_ids_.Add(event.aggregate_id);
    versions_.Add(event.version);
    types_.Add(event.type);
    payloads_.Add(event.payload);
    traceparents_.Add(event.traceparent);
}

void Outbox::Save(postgres::Transaction& transaction) const {
    if (versions_.size() == 0) return;
    // ORDER BY: the id is drawn in this order, and the relay sends in the order of ids.
    transaction.Queue(
        "INSERT INTO outbox (aggregate_type, aggregate_id, version, type, payload, traceparent)"
        " SELECT aggregate_type, aggregate_id, version, type, payload, traceparent"
        "   FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::text[], $5::bytea[], $6::text[])"
        "        WITH ORDINALITY"
        "     AS t (aggregate_type, aggregate_id, version, type, payload, traceparent, n)"
        "  ORDER BY n",
        {aggregate_types_, aggregate_ids_, versions_, types_, payloads_, traceparents_});
}

}  // namespace bangkit::messaging
