#pragma once

#include <librdkafka/rdkafka.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#include "libs/base/logger.h"
#include "libs/kafka/error.h"

namespace bangkit::kafka {

// Private to libs/kafka: C handles with owners, and what all clients have in common.

using Handle = std::unique_ptr<rd_kafka_t, void (*)(rd_kafka_t*)>;
using Configuration = std::unique_ptr<rd_kafka_conf_t, void (*)(rd_kafka_conf_t*)>;
using Properties = std::initializer_list<std::pair<const char*, std::string>>;

/// What every client is: the `opaque` of all of librdkafka's callbacks is one of these, so that
/// what the library has to say reaches the log.
struct ClientBase {
    explicit ClientBase(Logger& logs) : logger(logs) {}
    Logger& logger;
};

/// Throws KafkaError for a property that librdkafka does not know. `client` must outlive what is
/// made of the configuration.
Configuration Configure(const Properties& properties, ClientBase& client);

/// Uses `configuration` up.
Handle Create(rd_kafka_type_t type, Configuration configuration);

/// They are numbered from 0. None if there is no such topic.
std::int32_t CountPartitions(rd_kafka_t* handle, const std::string& topic, int limit_ms);

}  // namespace bangkit::kafka
