#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/base/logger.h"
#include "libs/kafka/error.h"

namespace bangkit::kafka {

/// Settings of a topic, such as {"retention.ms", "-1"}.
using TopicConfig = std::map<std::string, std::string>;

/// What a topic is to be.
struct TopicSpec {
    std::string name;
    std::int32_t partitions = 12;
    std::int32_t replication = 1;
    TopicConfig config = {};  // What is not named here stays as it is.
};

/// What a topic is.
struct TopicDescription {
    std::int32_t partitions = 0;
    TopicConfig config;  // All settings, defaults included.
};

enum class TopicChange { kNone, kCreated, kCorrected };

/// Makes, changes, describes and deletes topics. Each call waits for the broker, up to 30 s, and
/// throws KafkaError.
class Admin {
public:
    Admin(const std::string& brokers, Logger& logger);
    ~Admin();

    /// Creates what is missing and corrects settings that differ; returns what was done to each. If
    /// any of the topics has another number of partitions, KafkaError, and nothing is done at all:
    /// with another number, the next event of an aggregate would go to another partition, and
    /// overtake.
    std::vector<TopicChange> EnsureTopics(std::span<const TopicSpec> specs);

    /// nullopt if there is no such topic.
    std::optional<TopicDescription> Describe(const std::string& name);

    void DeleteTopic(const std::string& name);

private:
    class Client;

    TopicChange Ensure(const TopicSpec& spec, const std::optional<TopicDescription>& found);

    Logger& logger_;
    const std::unique_ptr<Client> client_;
};

}  // namespace bangkit::kafka
