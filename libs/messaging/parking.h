#pragma once

#include <string>
#include <string_view>

#include "libs/messaging/envelope.h"
#include "libs/postgres/connection.h"

namespace bangkit::messaging {

/// Records of one transaction that cannot be applied, on their way into inbox_parked: as they were,
/// byte for byte.
class Parking {
public:
    explicit Parking(std::string topic) : topic_(std::move(topic)) {}

    /// `envelope`: nullptr if the headers do not make sense.
    void Add(const kafka::Record& record, const Envelope* envelope, std::string_view error);
    /// A record that is already parked stays as it is, with the error it had first.
    void Save(postgres::Transaction& transaction) const;

private:
    struct Parked {
        const kafka::Record* record;
        Envelope envelope;
        std::string error;
    };
    const std::string topic_;
    std::vector<Parked> parked_;
};

}  // namespace bangkit::messaging
