#include "libs/testing/kafka.h"

#include <array>
#include <chrono>
#include <stdexcept>

#include "libs/testing/environment.h"

namespace bangkit::testing {
namespace {

constexpr std::chrono::seconds kLimit{20};

}  // namespace

void ReadUntil(const std::string& brokers, const std::string& topic,
               const std::function<bool(const kafka::Record&)>& is_enough) {
    QuietLogger logger;
    kafka::LogReader reader(brokers, topic, logger);
    kafka::Offsets read;
    bool enough = false;
    const auto deadline = std::chrono::steady_clock::now() + kLimit;
    while (!enough) {
        if (std::chrono::steady_clock::now() > deadline) {
            throw std::runtime_error("what the test waits for does not come");
        }
        const kafka::Offsets ends = reader.Ends();
        reader.Read(read, ends, [&](const kafka::Record& record) {
            enough = is_enough(record);
            return !enough;
        });
        read = ends;
    }
}

TempTopic::TempTopic(std::int32_t partitions)
    : brokers_(RequiredVariable("BANGKIT_TEST_KAFKA")),
      name_(NewName()),
      admin_(brokers_, logger_),
      producer_(brokers_, name_) {
    const std::array spec{kafka::TopicSpec{
        .name = name_,
        .partitions = partitions,
        .config = {{"retention.ms", "-1"}, {"message.timestamp.type", "LogAppendTime"}}}};
    admin_.EnsureTopics(spec);
}

TempTopic::~TempTopic() {
    try {
        admin_.DeleteTopic(name_);
    } catch (const kafka::KafkaError&) {
        // The test has deleted it itself, or Kafka is gone: nothing is left to clean.
    }
}

std::vector<kafka::Record> TempTopic::ReadAll() const {
    QuietLogger logger;
    kafka::LogReader reader(brokers_, name_, logger);
    std::vector<kafka::Record> records;
    reader.Read({}, reader.Ends(), [&records](const kafka::Record& record) {
        records.push_back(record);
        return true;
    });
    return records;
}

void TempTopic::Trim(std::int32_t partition, std::int64_t offset) const {
    kafka::TrimLog(brokers_, name_, partition, offset);
}

}  // namespace bangkit::testing
