#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/base/result.h"
#include "libs/base/tracked.h"
#include "libs/messaging/envelope.h"
#include "libs/postgres/connection.h"

namespace bangkit::messaging {

class Parking;

/// An event of another service, with the record that it came in.
struct ReceivedEvent {
    Envelope envelope;
    const kafka::Record* record;  // Lives for the batch.
};

/// What a batch of events means to a service. One is made for every transaction.
class Projection {
public:
    virtual ~Projection() = default;
    /// Reads and locks what these events need. Not all of them need come to Fold().
    virtual void Load(postgres::Transaction& transaction,
                      std::span<const ReceivedEvent> events) = 0;
    /// In memory only. A refusal (the payload makes no sense) must change nothing; it parks the
    /// record, with its reason and message, which must not quote the payload.
    virtual Result<void> Fold(const ReceivedEvent& event) = 0;
    /// Writes once per batch.
    virtual void Save(postgres::Transaction& transaction) = 0;
};

/// What Consume() did.
struct Consumed {
    std::int64_t applied = 0;
    std::int64_t copies = 0;  // Seen before.
    std::int64_t parked = 0;
};

/// One topic, consumed with exactly one effect per event: the offsets lie in the service's own
/// database and move in the transaction that holds the effects. Not thread-safe.
class Inbox {
public:
    explicit Inbox(std::string topic) : topic_(std::move(topic)) {}

    /// On assignment, and only then: shuts out the previous owner of each partition and tells the
    /// offsets to read from.
    std::vector<std::int64_t> TakeOver(postgres::Connection& connection,
                                       const std::vector<std::int32_t>& partitions);
    void Forget() { positions_.clear(); }
    /// By partition that is ours.
    std::map<std::int32_t, std::int64_t> NextOffsets() const;

    /// Applies the records of partitions that are ours; drops those of others and those applied
    /// before. nullopt if somebody else owns a partition by now: nothing has happened; leave the
    /// group and join it again. Never answer with TakeOver(): two consumers would shut each other
    /// out for ever, and only an assignment says whose partition it is. An SqlError that
    /// IsLostRace() means that nothing has happened, and the same batch may be tried again with a
    /// new projection.
    std::optional<Consumed> Consume(postgres::Connection& connection,
                                    std::span<const kafka::Record> records, Projection& projection);

    /// Notes how far the log's ends are: what dashboards show as lag and "as of". `asked_at`:
    /// before the ends were known. False if somebody else owns a partition by now.
    bool NoteProgress(postgres::Connection& connection,
                      const std::map<std::int32_t, std::int64_t>& log_ends, Time asked_at);

private:
    struct Position {
        std::int64_t epoch = 0;
        std::int64_t next_offset = 0;
        Time as_of = {};  // Of the last record before next_offset, by the log's own clock.
    };
    using Positions = std::map<std::int32_t, Position>;
    struct Aggregate {
        std::string id;  // "<type>/<id>"
        std::int64_t version = 0;
    };
    using Aggregates = Tracked<Aggregate>;

    std::vector<const kafka::Record*> SelectNew(std::span<const kafka::Record> records,
                                                Positions& after) const;
    bool Advance(postgres::Transaction& transaction, const Positions& after) const;
    Aggregates Load(postgres::Transaction& transaction,
                    std::span<const ReceivedEvent> events) const;
    void Apply(std::span<const ReceivedEvent> events, Aggregates& aggregates,
               Projection& projection, Parking& parking, Consumed& consumed) const;
    void Save(postgres::Transaction& transaction, const Aggregates& aggregates) const;

    const std::string topic_;
    Positions positions_;
};

}  // namespace bangkit::messaging
