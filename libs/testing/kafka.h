#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "libs/kafka/admin.h"
#include "libs/kafka/log_reader.h"
#include "libs/kafka/record.h"
#include "libs/kafka/testing.h"
#include "libs/testing/quiet_logger.h"

namespace bangkit::testing {

/// Reads a topic from its beginning until `is_enough` says so; std::runtime_error if it does not
/// within 20 s.
void ReadUntil(const std::string& brokers, const std::string& topic,
               const std::function<bool(const kafka::Record&)>& is_enough);

/// A Kafka cluster in this process, with one topic: for what a real one does not do on demand, such
/// as refusing a batch.
class MockKafka {
public:
    static constexpr int kPartitions = 4;

    explicit MockKafka(const std::string& topic) : topic_(topic), cluster_(topic, kPartitions) {}

    std::string brokers() const { return cluster_.brokers(); }
    void RefuseNextBatch() { cluster_.RefuseNextBatch(); }
    void AnswerAfter(std::chrono::milliseconds delay) { cluster_.AnswerAfter(delay); }
    void ReadUntil(const std::function<bool(const kafka::Record&)>& is_enough) const {
        testing::ReadUntil(brokers(), topic_, is_enough);
    }

private:
    const std::string topic_;
    kafka::MockCluster cluster_;
};

/// A topic of its own for one test, gone afterwards, on the Kafka of BANGKIT_TEST_KAFKA
/// (host:port).
class TempTopic {
public:
    explicit TempTopic(std::int32_t partitions = 4);
    ~TempTopic();
    TempTopic(const TempTopic&) = delete;
    TempTopic& operator=(const TempTopic&) = delete;

    const std::string& brokers() const { return brokers_; }
    const std::string& name() const { return name_; }

    /// Anything at all; returns the offset.
    std::int64_t Send(const kafka::RawRecord& record) { return producer_.Send(record); }
    void ReadUntil(const std::function<bool(const kafka::Record&)>& is_enough) const {
        testing::ReadUntil(brokers_, name_, is_enough);
    }
    /// All that lies in the topic now, each partition's in order.
    std::vector<kafka::Record> ReadAll() const;
    /// Removes the records of a partition before `offset`.
    void Trim(std::int32_t partition, std::int64_t offset) const;

private:
    const std::string brokers_;
    const std::string name_;
    QuietLogger logger_;
    kafka::Admin admin_;
    kafka::RawProducer producer_;
};

}  // namespace bangkit::testing
