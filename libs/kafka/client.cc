#include "libs/kafka/client.h"

#include <array>

namespace bangkit::kafka {
namespace {

constexpr int kSyslogWarning = 4;
constexpr int kSyslogError = 3;

void Log(Logger& logger, int level, const char* facility, const char* text) {
    const LogLevel as = level <= kSyslogError     ? LogLevel::kError
                        : level <= kSyslogWarning ? LogLevel::kWarning
                                                  : LogLevel::kInfo;
    const std::array<LogField, 2> fields{{{"facility", facility}, {"detail", text}}};
    logger.Write(as, "kafka_client", fields);
}

}  // namespace

Configuration Configure(const Properties& properties, ClientBase& client) {
    Configuration configuration(rd_kafka_conf_new(), rd_kafka_conf_destroy);
    std::array<char, 256> error{};
    for (const auto& [name, value] : properties) {
        if (rd_kafka_conf_set(configuration.get(), name, value.c_str(), error.data(),
                              error.size()) != RD_KAFKA_CONF_OK) {
            throw KafkaError(error.data());
        }
    }
    rd_kafka_conf_set_opaque(configuration.get(), &client);
    rd_kafka_conf_set_log_cb(configuration.get(), [](const rd_kafka_t* handle, int level,
                                                     const char* facility, const char* text) {
        Log(static_cast<ClientBase*>(rd_kafka_opaque(handle))->logger, level, facility, text);
    });
    return configuration;
}

Handle Create(rd_kafka_type_t type, Configuration configuration) {
    std::array<char, 256> error{};
    Handle client(rd_kafka_new(type, configuration.get(), error.data(), error.size()),
                  rd_kafka_destroy);
    if (!client) throw KafkaError(error.data());
    configuration.release();  // The client owns it now.
    return client;
}

std::int32_t CountPartitions(rd_kafka_t* handle, const std::string& topic, int limit_ms) {
    const std::string what = "cannot read the metadata of topic " + topic + ": ";
    const std::unique_ptr<rd_kafka_topic_t, void (*)(rd_kafka_topic_t*)> asked(
        rd_kafka_topic_new(handle, topic.c_str(), nullptr), rd_kafka_topic_destroy);
    const struct rd_kafka_metadata* metadata = nullptr;
    const rd_kafka_resp_err_t error =
        rd_kafka_metadata(handle, 0, asked.get(), &metadata, limit_ms);
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw KafkaError(what + rd_kafka_err2str(error));
    const rd_kafka_resp_err_t found = metadata->topics[0].err;
    const std::int32_t count = metadata->topics[0].partition_cnt;
    rd_kafka_metadata_destroy(metadata);
    switch (found) {
        case RD_KAFKA_RESP_ERR_NO_ERROR: return count;
        case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:  // Still being made.
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART: return 0;
        default: throw KafkaError(what + rd_kafka_err2str(found));
    }
}

}  // namespace bangkit::kafka
