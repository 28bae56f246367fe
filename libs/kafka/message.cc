#include "libs/kafka/message.h"

namespace bangkit::kafka {
namespace {

// As a time to look up, -1 stands for the end of the log (KIP-79).
constexpr std::int64_t kEndOfLog = RD_KAFKA_OFFSET_END;

Headers HeadersOf(const rd_kafka_message_t& message) {
    Headers result;
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return result;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0;
         rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i) {
        result.emplace_back(name, value == nullptr
                                      ? std::string()
                                      : std::string(static_cast<const char*>(value), size));
    }
    return result;
}

std::string Bytes(const void* data, std::size_t size) {
    return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
}

/// When the broker wrote it. What a producer says about the time instead, in a topic that lets it,
/// is worth nothing, and need not even fit into a Time.
Time AppendedAt(const rd_kafka_message_t& message) {
    rd_kafka_timestamp_type_t type{};
    const std::int64_t millis = rd_kafka_message_timestamp(&message, &type);
    return type == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME ? Time(std::chrono::milliseconds(millis))
                                                      : Time();
}

}  // namespace

Record ToRecord(const rd_kafka_message_t& message) {
    return {.partition = message.partition,
            .offset = message.offset,
            .appended_at = AppendedAt(message),
            .key = Bytes(message.key, message.key_len),
            .payload = Bytes(message.payload, message.len),
            .headers = HeadersOf(message)};
}

Offsets QueryEnds(rd_kafka_t* handle, const std::string& topic,
                  const std::vector<std::int32_t>& partitions, int limit_ms) {
    const Partitions asked = NewPartitions();
    for (const std::int32_t partition : partitions) {
        rd_kafka_topic_partition_list_add(asked.get(), topic.c_str(), partition)->offset =
            kEndOfLog;
    }
    Offsets ends;
    if (partitions.empty()) return ends;
    rd_kafka_offsets_for_times(handle, asked.get(), limit_ms);  // Errors are per partition, too.
    for (int i = 0; i < asked->cnt; ++i) {
        const rd_kafka_topic_partition_t& answer = asked->elems[i];
        if (answer.err == RD_KAFKA_RESP_ERR_NO_ERROR && answer.offset >= 0) {
            ends[answer.partition] = answer.offset;
        }
    }
    return ends;
}

}  // namespace bangkit::kafka
