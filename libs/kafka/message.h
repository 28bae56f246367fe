#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>

#include "libs/kafka/record.h"

namespace bangkit::kafka {

// Private to libs/kafka: what the readers of logs have in common.

using Message = std::unique_ptr<rd_kafka_message_t, void (*)(rd_kafka_message_t*)>;
using Partitions =
    std::unique_ptr<rd_kafka_topic_partition_list_t, void (*)(rd_kafka_topic_partition_list_t*)>;

inline Message Poll(rd_kafka_t* handle, int wait_ms) {
    return {rd_kafka_consumer_poll(handle, wait_ms), rd_kafka_message_destroy};
}

inline Partitions NewPartitions() {
    return {rd_kafka_topic_partition_list_new(1), rd_kafka_topic_partition_list_destroy};
}

Record ToRecord(const rd_kafka_message_t& message);

/// By partition, the end of its log, asked of the brokers now; those that do not answer within the
/// limit are left out.
Offsets QueryEnds(rd_kafka_t* handle, const std::string& topic,
                  const std::vector<std::int32_t>& partitions, int limit_ms);

}  // namespace bangkit::kafka
