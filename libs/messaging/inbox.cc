#include "libs/messaging/inbox.h"

#include <algorithm>

#include "libs/messaging/parking.h"

namespace bangkit::messaging {
namespace {

std::string NameOf(const Envelope& envelope) {
    return envelope.aggregate_type + "/" + envelope.aggregate_id;
}

}  // namespace

std::vector<std::int64_t> Inbox::TakeOver(postgres::Connection& connection,
                                          const std::vector<std::int32_t>& partitions) {
    std::vector<std::int64_t> offsets;
    for (const std::int32_t partition : partitions) {
        const postgres::Rows rows = connection.Run(
            "INSERT INTO inbox_offsets (topic, partition, epoch, next_offset)"
            " VALUES ($1::text, $2::bigint, 1, 0)"
            " ON CONFLICT (topic, partition) DO UPDATE SET epoch = inbox_offsets.epoch + 1"
            " RETURNING epoch, next_offset",
            {topic_, postgres::Int64(partition)});
        positions_[partition] = {.epoch = rows.Int64(0, 0), .next_offset = rows.Int64(0, 1)};
        offsets.push_back(rows.Int64(0, 1));
    }
    return offsets;
}

std::map<std::int32_t, std::int64_t> Inbox::NextOffsets() const {
    std::map<std::int32_t, std::int64_t> offsets;
    for (const auto& [partition, position] : positions_) offsets[partition] = position.next_offset;
    return offsets;
}

std::optional<Consumed> Inbox::Consume(postgres::Connection& connection,
                                       std::span<const kafka::Record> records,
                                       Projection& projection) {
    Consumed consumed;
    Positions after;
    Parking parking(topic_);
    std::vector<ReceivedEvent> events;
    for (const kafka::Record* record : SelectNew(records, after)) {
        Result<Envelope> envelope = ParseEnvelope(*record);
        if (envelope) {
            events.push_back({.envelope = std::move(*envelope), .record = record});
        } else {
            parking.Add(*record, nullptr, envelope.error().message);
            ++consumed.parked;
        }
    }
    if (after.empty()) return consumed;

    postgres::Transaction transaction(connection);
    if (!Advance(transaction, after)) return std::nullopt;
    Aggregates aggregates = Load(transaction, events);
    projection.Load(transaction, events);
    Apply(events, aggregates, projection, parking, consumed);
    Save(transaction, aggregates);
    parking.Save(transaction);
    projection.Save(transaction);
    transaction.Commit();
    for (const auto& [partition, position] : after) positions_[partition] = position;
    return consumed;
}

std::vector<const kafka::Record*> Inbox::SelectNew(std::span<const kafka::Record> records,
                                                   Positions& after) const {
    std::vector<const kafka::Record*> selected;
    for (const kafka::Record& record : records) {
        const auto owned = positions_.find(record.partition);
        if (owned == positions_.end()) continue;  // Revoked since it was read.
        Position& position = after.emplace(record.partition, owned->second).first->second;
        if (record.offset < position.next_offset) continue;  // Read again after a rebalance.
        position.next_offset = record.offset + 1;
        position.as_of = record.appended_at;
        selected.push_back(&record);
    }
    std::erase_if(after, [this](const auto& each) {
        return each.second.next_offset == positions_.at(each.first).next_offset;
    });
    return selected;
}

bool Inbox::Advance(postgres::Transaction& transaction, const Positions& after) const {
    postgres::Int64Array partitions, epochs, expected, next;
    postgres::TimeArray as_of;
    for (const auto& [partition, position] : after) {
        partitions.Add(partition);
        epochs.Add(position.epoch);
        expected.Add(positions_.at(partition).next_offset);
        next.Add(position.next_offset);
        as_of.Add(position.as_of);
    }
    return transaction
               .Run(
                   "UPDATE inbox_offsets t SET next_offset = u.next,"
                   "       lag = t.lag - least(t.lag, u.next - u.expected),"
                   "       as_of = greatest(t.as_of, u.as_of)"
                   "  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],"
                   "              $6::timestamptz[]) AS u (partition, epoch, expected, next, as_of)"
                   " WHERE t.topic = $1::text AND t.partition = u.partition"
                   "   AND t.epoch = u.epoch AND t.next_offset = u.expected",
                   {topic_, partitions, epochs, expected, next, as_of})
               .affected() == partitions.size();
}

Inbox::Aggregates Inbox::Load(postgres::Transaction& transaction,
                              std::span<const ReceivedEvent> events) const {
    Aggregates aggregates;
    if (events.empty()) return aggregates;
    postgres::UuidArray ids;
    for (const ReceivedEvent& event : events) ids.Add(event.envelope.aggregate_id);
    const postgres::Rows rows = transaction.Run(
        "SELECT aggregate_type, aggregate_id, last_version FROM inbox_versions"
        " WHERE topic = $1::text AND aggregate_id = ANY($2::uuid[])",
        {topic_, ids});
    for (int i = 0; i < rows.size(); ++i) {
        aggregates.AddLoaded(
            {.id = rows.Text(i, 0) + "/" + rows.Uuid(i, 1), .version = rows.Int64(i, 2)});
    }
    return aggregates;
}

void Inbox::Apply(std::span<const ReceivedEvent> events, Aggregates& aggregates,
                  Projection& projection, Parking& parking, Consumed& consumed) const {
    for (const ReceivedEvent& event : events) {
        const std::int64_t version = event.envelope.version;
        Aggregate& aggregate = aggregates[NameOf(event.envelope)];
        if (version <= aggregate.version) {  // A copy: the relay sends at least once.
            ++consumed.copies;
            continue;
        }
        // Poison is parked, and so is what follows it. Other aggregates go on.
        std::string error;
        if (version != aggregate.version + 1) {
            error = "waits for version " + std::to_string(aggregate.version + 1);
        } else if (const Result<void> folded = projection.Fold(event); !folded) {
            error = folded.error().reason + ": " + folded.error().message;
        }
        if (!error.empty()) {
            parking.Add(*event.record, &event.envelope, error);
            ++consumed.parked;
            continue;
        }
        aggregate.id = NameOf(event.envelope);
        aggregate.version = version;
        ++consumed.applied;
    }
}

void Inbox::Save(postgres::Transaction& transaction, const Aggregates& aggregates) const {
    struct Columns {
        void Add(const Aggregates::Entry& entry) {
            const std::string& name = entry.state.id;
            const std::size_t slash = name.find('/');
            types.Add(std::string_view(name).substr(0, slash));
            ids.Add(std::string_view(name).substr(slash + 1));
            versions.Add(entry.state.version);
            saved_versions.Add(entry.saved_version);
        }
        postgres::TextArray types;
        postgres::UuidArray ids;
        postgres::Int64Array versions, saved_versions;
    };
    Columns created, changed;
    for (const auto* entry : aggregates.Created()) created.Add(*entry);
    for (const auto* entry : aggregates.Changed()) changed.Add(*entry);
    if (created.versions.size() > 0) {
        transaction.Queue(
            "INSERT INTO inbox_versions (topic, aggregate_type, aggregate_id, last_version)"
            " SELECT $1::text, * FROM unnest($2::text[], $3::uuid[], $4::bigint[])",
            {topic_, created.types, created.ids, created.versions});
    }
    if (changed.versions.size() > 0) {
        transaction.QueueExact(
            changed.versions.size(),
            "UPDATE inbox_versions t SET last_version = u.version"
            "  FROM unnest($2::text[], $3::uuid[], $4::bigint[], $5::bigint[])"
            "    AS u (type, id, version, saved_version)"
            " WHERE t.topic = $1::text AND t.aggregate_type = u.type AND t.aggregate_id = u.id"
            "   AND t.last_version = u.saved_version",
            {topic_, changed.types, changed.ids, changed.versions, changed.saved_versions});
    }
}

bool Inbox::NoteProgress(postgres::Connection& connection,
                         const std::map<std::int32_t, std::int64_t>& log_ends, Time asked_at) {
    postgres::Int64Array partitions, epochs, lags;
    for (const auto& [partition, end] : log_ends) {
        const auto owned = positions_.find(partition);
        if (owned == positions_.end() || end < 0) continue;
        partitions.Add(partition);
        epochs.Add(owned->second.epoch);
        lags.Add(std::max<std::int64_t>(0, end - owned->second.next_offset));
    }
    const std::string asked = postgres::Int64(postgres::ToMicros(asked_at));
    return connection
               .Run(
                   "UPDATE inbox_offsets t SET lag = u.lag,"
                   "       as_of = CASE WHEN u.lag = 0 THEN greatest(t.as_of, $5::timestamptz)"
                   "                    ELSE t.as_of END"
                   "  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS u (partition, "
                   "epoch, lag)"
                   " WHERE t.topic = $1::text AND t.partition = u.partition AND t.epoch = u.epoch",
                   {topic_, partitions, epochs, lags, asked})
               .affected() == partitions.size();
}

}  // namespace bangkit::messaging
