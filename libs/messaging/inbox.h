#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/messaging/parking.h"
#include "libs/messaging/projection.h"
#include "libs/postgres/connection.h"

namespace bangkit::messaging {

/// What became of the events of one transaction.
struct Consumed {
    std::int64_t applied = 0;
    std::int64_t copies = 0;  // Seen before.
    std::int64_t parked = 0;
    std::int64_t dropped = 0;  // Because somebody wanted that.

    void Count(const Outcome& outcome);
};

/// One topic, consumed with exactly one effect per event: the offsets lie in the service's own
/// database and move in the transaction that holds the effects. What cannot be applied is parked,
/// and released by whoever owns its partition, under the same guards. Not thread-safe.
class Inbox {
public:
    /// `consumer_id`: a UUID that tells this consumer, with the code that it runs, from all others.
    Inbox(std::string topic, std::string consumer_id)
        : topic_(std::move(topic)), consumer_id_(std::move(consumer_id)) {}

    /// On assignment, and only then: shuts out the previous owner of each partition and tells the
    /// offsets to read from. What other consumers have refused becomes due: this one may be of a
    /// newer version.
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

    /// Parked records of partitions that are ours which are to be looked at again: their turn has
    /// come, or somebody wants them to be retried or dropped. Looks at no others.
    std::vector<RecordPlace> FindDue(postgres::Connection& connection, std::size_t max) const;
    /// Applies those of them that are still due, drops those that somebody wants to be dropped, and
    /// leaves the rest parked. What waited behind them becomes due. As Consume() in all else.
    std::optional<Consumed> Release(postgres::Connection& connection,
                                    std::span<const RecordPlace> places, Projection& projection);
    /// How many records of partitions that are ours are parked.
    std::int64_t CountParked(postgres::Connection& connection) const;

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
    std::vector<const kafka::Record*> SelectNew(std::span<const kafka::Record> records,
                                                Positions& after) const;
    bool Advance(postgres::Transaction& transaction, const Positions& after) const;
    bool Hold(postgres::Transaction& transaction) const;
    postgres::Int64Array Partitions() const;

    const std::string topic_;
    const std::string consumer_id_;
    Positions positions_;
};

}  // namespace bangkit::messaging
