#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "libs/kafka/record.h"

namespace bangkit::messaging {

/// What the headers of an event say (CloudEvents 1.0, Kafka binary mode).
struct Envelope {
    std::string aggregate_type;
    std::string aggregate_id;  // A UUID, lower case.
    std::int64_t version = 0;  // ce_sequence: 1, 2, 3 ...
    std::string type;          // Full name of the payload's message.
    Time time;                 // When it was written to the outbox.
    std::string traceparent;   // Empty if there is none.
};

kafka::Headers ToHeaders(const Envelope& envelope, std::string_view source);

/// ENVELOPE_INVALID if a header is missing or makes no sense. Whatever else the headers hold, the
/// texts of an Envelope are plain ASCII.
Result<Envelope> ParseEnvelope(const kafka::Record& record);

}  // namespace bangkit::messaging
