#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "libs/base/logger.h"
#include "libs/kafka/error.h"
#include "libs/kafka/record.h"

namespace bangkit::kafka {

/// Told when the group gives a partition to this consumer or takes it away; called within Poll().
class AssignmentListener {
public:
    virtual ~AssignmentListener() = default;
    /// Returns where to start reading: an offset for each of `partitions`. May throw: then the
    /// consumer is of no use.
    virtual std::vector<std::int64_t> OnAssigned(const std::vector<std::int32_t>& partitions) = 0;
    virtual void OnRevoked(const std::vector<std::int32_t>& partitions) = 0;
};

/// A member of a consumer group that keeps its offsets itself: Kafka shares the partitions out, and
/// nothing is ever committed to it. An offset that the log does not have (trimmed, recreated) is an
/// error, never a silent jump.
class Consumer {
public:
    Consumer(const std::string& brokers, const std::string& group, const std::string& topic,
             AssignmentListener& listener, Logger& logger);
    ~Consumer();

    /// Up to `max` records of all assigned partitions, each partition's in order. Waits up to
    /// `wait` for the first one, never for a second. Throws KafkaError, and what the listener
    /// throws.
    std::vector<Record> Poll(std::chrono::milliseconds wait, std::size_t max);

    /// For each assigned partition, the end of its log, asked of the brokers now. Those that do not
    /// answer within half a second are left out.
    Offsets QueryLogEnds() const;

private:
    class Client;
    const std::unique_ptr<Client> client_;
};

}  // namespace bangkit::kafka
