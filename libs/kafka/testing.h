#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "libs/kafka/error.h"
#include "libs/kafka/record.h"

namespace bangkit::kafka {

// For tests only, and here because nobody else includes librdkafka: use it through libs/testing.

/// A Kafka cluster of three brokers inside this process, with one topic.
class MockCluster {
public:
    MockCluster(const std::string& topic, int partitions);
    ~MockCluster();

    std::string brokers() const;
    /// The next batch of records is answered with "too large", and not written.
    void RefuseNextBatch();
    /// From now on every answer takes so long.
    void AnswerAfter(std::chrono::milliseconds delay);

private:
    class Cluster;
    const std::unique_ptr<Cluster> cluster_;
};

/// What a producer with bad manners may send.
struct RawRecord {
    std::optional<std::int32_t> partition = {};  // nullopt: by the key.
    std::optional<std::string> key = {};         // nullopt: a null key.
    std::optional<std::string> payload = {};     // nullopt: a tombstone.
    Headers headers = {};
};

/// Sends anything to a topic.
class RawProducer {
public:
    RawProducer(const std::string& brokers, std::string topic);
    ~RawProducer();

    /// Returns the offset it got, or throws KafkaError.
    std::int64_t Send(const RawRecord& record);

private:
    class Client;
    const std::unique_ptr<Client> client_;
};

/// Removes all records before `offset` from the log, as retention would.
void TrimLog(const std::string& brokers, const std::string& topic, std::int32_t partition,
             std::int64_t offset);

}  // namespace bangkit::kafka
