#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/postgres/connection.h"

namespace bangkit::messaging {

/// An event on its way out.
struct OutgoingEvent {
    std::string_view aggregate_type;
    std::string_view aggregate_id;
    std::int64_t version;      // 1, 2, 3 ... per aggregate, without a gap.
    std::string_view type;     // Full name of the payload's message.
    std::string_view payload;  // Serialized; at most 512 KiB.
    std::string_view traceparent;
};

/// The events of one transaction, in the order they happened. Their aggregates must be locked, or
/// new: that is what puts the events of one aggregate into the outbox in the order of their
/// versions.
class Outbox {
public:
    void Add(const OutgoingEvent& event);
    void Save(postgres::Transaction& transaction) const;

private:
    postgres::TextArray aggregate_types_, types_, traceparents_;
    postgres::UuidArray aggregate_ids_;
    postgres::Int64Array versions_;
    postgres::BytesArray payloads_;
};

}  // namespace bangkit::messaging
