#include "libs/messaging/inbox.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace bangkit::messaging {
namespace {

/// A parked record, and its event; nullopt if the headers do not make sense.
struct Candidate {
    DueRecord due;
    std::optional<Envelope> envelope = {};
    std::string error = {};

    /// The events of an aggregate in the order of their versions, wherever they lie.
    auto Order() const {
        static const Envelope kNone;
        const Envelope& order = envelope ? *envelope : kNone;
        return std::tie(order.aggregate_id, order.aggregate_type, order.version,
                        due.record.partition, due.record.offset);
    }
};

std::vector<Candidate> ToCandidates(std::vector<DueRecord> due) {
    std::vector<Candidate> candidates;
    for (DueRecord& each : due) {
        Candidate candidate{.due = std::move(each)};
        Result<Envelope> envelope = ParseEnvelope(candidate.due.record);
        if (envelope) {
            candidate.envelope = std::move(*envelope);
        } else {
            candidate.error = envelope.error().message;
        }
        candidates.push_back(std::move(candidate));
    }
    std::ranges::sort(candidates, {}, &Candidate::Order);
    return candidates;
}

Outcome Settle(const Candidate& candidate, Versions& versions, Projection& projection) {
    const ParkedRequest request = candidate.due.request;
    if (!candidate.envelope) {
        if (request == ParkedRequest::kDrop) return {.kind = Outcome::Kind::kDropped};
        return {.kind = Outcome::Kind::kRefused, .error = candidate.error};
    }
    if (request == ParkedRequest::kDrop) return versions.Drop(*candidate.envelope);
    if (request == ParkedRequest::kSkip && candidate.due.is_first) {
        versions.SkipTo(*candidate.envelope);
    }
    return versions.Apply({.envelope = *candidate.envelope, .record = &candidate.due.record},
                          projection);
}

}  // namespace

void Consumed::Count(const Outcome& outcome) {
    switch (outcome.kind) {
        case Outcome::Kind::kApplied: ++applied; break;
        case Outcome::Kind::kCopy: ++copies; break;
        case Outcome::Kind::kDropped: ++dropped; break;
        case Outcome::Kind::kRefused:
        case Outcome::Kind::kWaits: ++parked; break;
    }
}

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
        // Not "<>", for which the index would have to be read from end to end.
        for (const char* refused_by_another :
             {"UPDATE inbox_parked SET is_due = true"
              " WHERE topic = $1::text AND partition = $2::bigint AND refused_by < $3::text::uuid",
              "UPDATE inbox_parked SET is_due = true"
              " WHERE topic = $1::text AND partition = $2::bigint AND refused_by > "
              "$3::text::uuid"}) {
            connection.Run(refused_by_another, {topic_, postgres::Int64(partition), consumer_id_});
        }
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
    Parking parking(topic_, consumer_id_);
    std::vector<ReceivedEvent> events;
    for (const kafka::Record* record : SelectNew(records, after)) {
        Result<Envelope> envelope = ParseEnvelope(*record);
        if (envelope) {
            events.push_back({.envelope = std::move(*envelope), .record = record});
            continue;
        }
        Outcome refused{.kind = Outcome::Kind::kRefused, .error = envelope.error().message};
        consumed.Count(refused);
        parking.Add(*record, nullptr, std::move(refused));
    }
    if (after.empty()) return consumed;

    postgres::Transaction transaction(connection);
    if (!Advance(transaction, after)) return std::nullopt;
    Versions versions(topic_);
    versions.Load(transaction, events);
    projection.Load(transaction, events);
    std::vector<Outcome> outcomes;
    for (const ReceivedEvent& event : events) outcomes.push_back(versions.Apply(event, projection));
    for (std::size_t i = 0; i < events.size(); ++i) {
        // Poison is parked, and so is what follows it. Other aggregates go on.
        versions.Review(events[i].envelope, outcomes[i]);
        consumed.Count(outcomes[i]);
        if (!outcomes[i].IsParked()) continue;
        parking.Add(*events[i].record, &events[i].envelope, std::move(outcomes[i]));
    }
    versions.Save(transaction);
    parking.Save(transaction);
    projection.Save(transaction);
    transaction.Commit();
    for (const auto& [partition, position] : after) positions_[partition] = position;
    return consumed;
}

std::optional<Consumed> Inbox::Release(postgres::Connection& connection,
                                       std::span<const RecordPlace> places,
                                       Projection& projection) {
    std::vector<RecordPlace> ours;
    std::ranges::copy_if(places, std::back_inserter(ours), [this](const RecordPlace& place) {
        return positions_.contains(place.partition);  // Not revoked since it was found.
    });
    Consumed consumed;
    if (ours.empty()) return consumed;
    postgres::Transaction transaction(connection);
    if (!Hold(transaction)) return std::nullopt;
    const std::vector<Candidate> candidates = ToCandidates(LoadDue(transaction, topic_, ours));
    std::vector<ReceivedEvent> events;
    for (const Candidate& each : candidates) {
        if (each.envelope)
            events.push_back({.envelope = *each.envelope, .record = &each.due.record});
    }
    Versions versions(topic_);
    versions.Load(transaction, events);
    projection.Load(transaction, events);
    Parking parking(topic_, consumer_id_);
    std::vector<Outcome> outcomes;
    for (const Candidate& each : candidates) {
        outcomes.push_back(Settle(each, versions, projection));
    }
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (candidates[i].envelope) versions.Review(*candidates[i].envelope, outcomes[i]);
        consumed.Count(outcomes[i]);
        parking.Settle(candidates[i].due, outcomes[i]);
    }
    versions.Save(transaction);
    parking.Save(transaction);
    projection.Save(transaction);
    transaction.Commit();
    return consumed;
}

postgres::Int64Array Inbox::Partitions() const {
    postgres::Int64Array partitions;
    for (const auto& [partition, position] : positions_) partitions.Add(partition);
    return partitions;
}

// Looks partition by partition, each in the order of the index: it must not read, let alone sort,
// whatever else is parked.
std::vector<RecordPlace> Inbox::FindDue(postgres::Connection& connection, std::size_t max) const {
    const postgres::Rows rows = connection.Run(
        "SELECT due.partition, due.record_offset"
        "  FROM unnest($2::bigint[]) AS ours (partition)"
        " CROSS JOIN LATERAL (SELECT t.partition, t.record_offset FROM inbox_parked t"
        "                      WHERE t.topic = $1::text AND t.partition = ours.partition"
        "                        AND t.is_due"
        "                      ORDER BY t.topic, t.partition, t.record_offset"
        "                      LIMIT $3::bigint) due"
        " LIMIT $3::bigint",
        {topic_, Partitions(), postgres::Int64(static_cast<std::int64_t>(max))});
    std::vector<RecordPlace> places;
    for (int i = 0; i < rows.size(); ++i) {
        places.push_back(
            {.partition = static_cast<std::int32_t>(rows.Int64(i, 0)), .offset = rows.Int64(i, 1)});
    }
    return places;
}

std::int64_t Inbox::CountParked(postgres::Connection& connection) const {
    return connection
        .Run(
            "SELECT count(*) FROM inbox_parked"
            " WHERE topic = $1::text AND partition = ANY($2::bigint[])",
            {topic_, Partitions()})
        .Int64(0, 0);
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

/// True if all partitions are still ours; until the end of the transaction nobody takes them over.
bool Inbox::Hold(postgres::Transaction& transaction) const {
    postgres::Int64Array partitions, epochs;
    for (const auto& [partition, position] : positions_) {
        partitions.Add(partition);
        epochs.Add(position.epoch);
    }
    return transaction
               .Run(
                   "SELECT t.partition FROM inbox_offsets t"
                   "  JOIN unnest($2::bigint[], $3::bigint[]) AS u (partition, epoch)"
                   "    ON t.partition = u.partition AND t.epoch = u.epoch"
                   " WHERE t.topic = $1::text ORDER BY t.partition FOR UPDATE OF t",
                   {topic_, partitions, epochs})
               .size() == partitions.size();
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
