#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/messaging/parking.h"

namespace bangkit::messaging {

// What people see of parked records and want to be done with them. Nothing is done here: a request
// is a mark that the consumer acts on, because it alone knows what an event means, and because it
// alone may move an aggregate on. The connection is one of the owner of the tables.

struct ParkedRecord {
    std::string topic;
    kafka::Record record;
    std::string aggregate_type;  // Empty, with id, version and type, if the headers make no sense.
    std::string aggregate_id;
    std::int64_t version = 0;
    std::string type;
    std::string error;
    Time parked_at = {};
    bool is_refused = false;  // Otherwise it waits for its turn.
};

/// Which ones are meant; empty: all.
struct ParkedFilter {
    std::string topic = {};
    std::optional<RecordPlace> place = {};
    std::string aggregate_type = {};
    std::string aggregate_id = {};
};

/// In the order of topics, partitions and offsets. Without keys, headers and payloads unless asked
/// for.
std::vector<ParkedRecord> FindParked(postgres::Connection& connection, const ParkedFilter& filter,
                                     std::int64_t max, bool with_content = false);
std::int64_t CountParked(postgres::Connection& connection, const ParkedFilter& filter);

/// Asks for something to be done, in the name of `operator_name`; every request is kept. Of those
/// that the filter names, kRetry means all that were refused (if a place is named, that one), kDrop
/// and kSkip the first one alone. Returns the ids of the requests.
std::vector<std::int64_t> RequestForParked(postgres::Connection& connection,
                                           const ParkedFilter& filter, ParkedRequest request,
                                           std::string_view operator_name);

/// A request, and what has come of it.
struct ParkedRequestState {
    std::string topic;
    RecordPlace place;
    enum class Progress {
        kPending,  // No consumer has looked at it yet.
        kWaits,    // It stands until the record has its turn.
        kDone,
    } progress = Progress::kPending;
    bool is_parked = false;  // The record still is.
    std::string outcome;     // In words.
};
std::vector<ParkedRequestState> FindRequests(postgres::Connection& connection,
                                             const std::vector<std::int64_t>& request_ids);

}  // namespace bangkit::messaging
