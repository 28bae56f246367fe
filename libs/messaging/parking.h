#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/messaging/versions.h"
#include "libs/postgres/connection.h"

namespace bangkit::messaging {

/// Where a record lies in the log of a topic.
struct RecordPlace {
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    auto operator<=>(const RecordPlace&) const = default;
};

/// What somebody may want to be done with a parked record.
enum class ParkedRequest { kNone, kRetry, kDrop, kSkip };

/// Headers as inbox_parked holds them: names and values by turns.
kafka::Headers ToParkedHeaders(std::vector<std::string> names_and_values);

/// A parked record that is to be looked at again.
struct DueRecord {
    kafka::Record record;
    ParkedRequest request = ParkedRequest::kNone;
    std::int64_t request_id = 0;
    bool is_first =
        false;  // Asked of kSkip only: nothing else of its aggregate is parked before it.
};

/// The parked records among those at `places` that are still due. They are locked until the end of
/// the transaction.
std::vector<DueRecord> LoadDue(postgres::Transaction& transaction, const std::string& topic,
                               std::span<const RecordPlace> places);

/// What one transaction writes to inbox_parked: records that cannot be applied, as they were, byte
/// for byte, and what became of those that were parked before.
class Parking {
public:
    /// `consumer_id`: a UUID, of whoever refuses records.
    Parking(std::string topic, std::string consumer_id)
        : topic_(std::move(topic)), consumer_id_(std::move(consumer_id)) {}

    /// `envelope`: nullptr if the headers do not make sense.
    void Add(const kafka::Record& record, const Envelope* envelope, Outcome outcome);
    /// Takes it out unless it stays parked; answers the request that there may have been.
    void Settle(const DueRecord& due, const Outcome& outcome);
    /// A record that is already parked stays as it is. One that was dropped before, or before which
    /// a gap was passed over, is due at once: that decision still stands.
    void Save(postgres::Transaction& transaction) const;

private:
    struct Parked {
        const kafka::Record* record;
        Envelope envelope;
        Outcome outcome;
    };
    struct Settled {
        RecordPlace place;
        std::int64_t request_id;
        Outcome outcome;
    };

    void Insert(postgres::Transaction& transaction, const Parked& parked) const;
    void SaveSettled(postgres::Transaction& transaction) const;

    const std::string topic_;
    const std::string consumer_id_;
    std::vector<Parked> parked_;
    std::vector<Settled> settled_;
};

}  // namespace bangkit::messaging
