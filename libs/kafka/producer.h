#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libs/base/logger.h"
#include "libs/kafka/error.h"
#include "libs/kafka/record.h"

namespace bangkit::kafka {

/// An idempotent producer for one topic: acks from all replicas, order kept per key, no duplicates
/// of its own, and no gaps: when one record fails, those behind it are not written.
class Producer {
public:
    Producer(const std::string& brokers, std::string topic, Logger& logger);
    ~Producer();

    /// Returns when every record is acknowledged. Throws KafkaError if one was not, or once
    /// `may_wait`, which is asked every few milliseconds, says no; what `may_wait` throws is passed
    /// on. Then this producer is of no use any more. What is marked as acknowledged is written; any
    /// of the others may have been.
    void SendAll(std::vector<OutgoingRecord>& records, const std::function<bool()>& may_wait);

private:
    struct Sending;
    struct Client;

    bool Send(OutgoingRecord& record, Sending& sending);

    const std::string topic_;
    const std::unique_ptr<Client> client_;
};

}  // namespace bangkit::kafka
