#include "libs/messaging/versions.h"

#include <string_view>
#include <utility>

namespace bangkit::messaging {
namespace {

std::string NameOf(const Envelope& envelope) {
    return envelope.aggregate_type + "/" + envelope.aggregate_id;
}

/// Parameters of a statement, one row per aggregate.
struct Columns {
    void Add(std::string_view name, std::int64_t version, std::int64_t saved_version) {
        const std::size_t slash = name.find('/');
        types.Add(name.substr(0, slash));
        ids.Add(name.substr(slash + 1));
        versions.Add(version);
        saved_versions.Add(saved_version);
    }
    postgres::TextArray types;
    postgres::UuidArray ids;
    postgres::Int64Array versions, saved_versions;
};

}  // namespace

void Versions::Load(postgres::Transaction& transaction, std::span<const ReceivedEvent> events) {
    if (events.empty()) return;
    postgres::UuidArray ids;
    for (const ReceivedEvent& event : events) ids.Add(event.envelope.aggregate_id);
    const postgres::Rows rows = transaction.Run(
        "SELECT aggregate_type, aggregate_id, last_version FROM inbox_versions"
        " WHERE topic = $1::text AND aggregate_id = ANY($2::uuid[])",
        {topic_, ids});
    for (int i = 0; i < rows.size(); ++i) {
        aggregates_.AddLoaded({.id = rows.Text(i, 0) + "/" + rows.Uuid(i, 1),
                               .version = rows.Int64(i, 2),
                               .is_stored = true});
    }
}

Versions::Aggregate& Versions::Find(const Envelope& envelope) {
    std::string name = NameOf(envelope);
    Aggregate& aggregate = aggregates_[name];
    aggregate.id = std::move(name);
    return aggregate;
}

bool Versions::IsItsTurn(const Envelope& envelope, Aggregate& aggregate, Outcome& outcome) {
    if (envelope.version <= aggregate.version) {  // The relay sends at least once.
        outcome = {.kind = Outcome::Kind::kCopy};
        return false;
    }
    if (envelope.version == aggregate.version + 1) return true;
    aggregate.is_held = true;
    outcome = {.kind = Outcome::Kind::kWaits,
               .error = "waits for version " + std::to_string(aggregate.version + 1)};
    return false;
}

Outcome Versions::Apply(const ReceivedEvent& event, Projection& projection) {
    Aggregate& aggregate = Find(event.envelope);
    Outcome outcome;
    if (!IsItsTurn(event.envelope, aggregate, outcome)) return outcome;
    if (const Result<void> folded = projection.Fold(event); !folded) {
        aggregate.is_held = true;
        return {.kind = Outcome::Kind::kRefused,
                .error = folded.error().reason + ": " + folded.error().message};
    }
    aggregate.version = event.envelope.version;
    return {.kind = Outcome::Kind::kApplied};
}

Outcome Versions::Drop(const Envelope& envelope) {
    Aggregate& aggregate = Find(envelope);
    Outcome outcome;
    if (!IsItsTurn(envelope, aggregate, outcome)) return outcome;
    aggregate.version = envelope.version;
    return {.kind = Outcome::Kind::kDropped};
}

void Versions::SkipTo(const Envelope& envelope) {
    Aggregate& aggregate = Find(envelope);
    if (aggregate.version < envelope.version) aggregate.version = envelope.version - 1;
}

void Versions::Review(const Envelope& envelope, Outcome& outcome) const {
    if (!outcome.IsParked()) return;
    const std::int64_t version = aggregates_.Find(NameOf(envelope))->version;
    if (envelope.version <= version) outcome = {.kind = Outcome::Kind::kCopy};
    outcome.is_due = outcome.kind == Outcome::Kind::kWaits && envelope.version == version + 1;
}

void Versions::Save(postgres::Transaction& transaction) const {
    Columns created, moved, held;
    const auto add = [](Columns& columns, const Tracked<Aggregate>::Entry& entry) {
        columns.Add(entry.state.id, entry.state.version, entry.saved_version);
    };
    for (const auto* entry : aggregates_.Created()) {
        add(entry->state.is_stored ? moved : created, *entry);
    }
    for (const auto* entry : aggregates_.Changed()) add(moved, *entry);
    for (const auto* entry : aggregates_.Unchanged()) {
        if (entry->state.is_held) add(held, *entry);
    }
    if (created.versions.size() > 0) {
        transaction.Queue(
            "INSERT INTO inbox_versions (topic, aggregate_type, aggregate_id, last_version)"
            " SELECT $1::text, * FROM unnest($2::text[], $3::uuid[], $4::bigint[])",
            {topic_, created.types, created.ids, created.versions});
    }
    // Until the commit nobody moves on an aggregate of which something is being parked: he would
    // not see what he should release. Therefore those without any applied event get a row too.
    if (held.versions.size() > 0) {
        transaction.QueueExact(
            held.versions.size(),
            "INSERT INTO inbox_versions AS t (topic, aggregate_type, aggregate_id, last_version)"
            " SELECT $1::text, * FROM unnest($2::text[], $3::uuid[], $4::bigint[])"
            " ON CONFLICT (aggregate_id, aggregate_type, topic)"
            " DO UPDATE SET last_version = t.last_version"
            "         WHERE t.last_version = excluded.last_version",
            {topic_, held.types, held.ids, held.versions});
    }
    if (moved.versions.size() == 0) return;
    transaction.QueueExact(
        moved.versions.size(),
        "UPDATE inbox_versions t SET last_version = u.version"
        "  FROM unnest($2::text[], $3::uuid[], $4::bigint[], $5::bigint[])"
        "    AS u (type, id, version, saved_version)"
        " WHERE t.topic = $1::text AND t.aggregate_type = u.type AND t.aggregate_id = u.id"
        "   AND t.last_version = u.saved_version",
        {topic_, moved.types, moved.ids, moved.versions, moved.saved_versions});
    // More than the next one, so that long queues are not released one by one.
    transaction.Queue(
        "UPDATE inbox_parked t SET is_due = true"
        "  FROM unnest($2::text[], $3::uuid[], $4::bigint[]) AS u (type, id, version)"
        " WHERE t.topic = $1::text AND t.aggregate_type = u.type AND t.aggregate_id = u.id"
        "   AND t.version <= u.version + 100 AND NOT t.is_due",
        {topic_, moved.types, moved.ids, moved.versions});
}

}  // namespace bangkit::messaging
