#include "libs/kafka/testing.h"

#include <librdkafka/rdkafka.h>
// After it.
#include <librdkafka/rdkafka_mock.h>

#include <utility>
#include <vector>

#include "libs/base/logger.h"
#include "libs/kafka/client.h"
#include "libs/kafka/message.h"

namespace bangkit::kafka {
namespace {

constexpr int kBrokers = 3;
constexpr int kLimitMs = 20'000;
constexpr int kPollMs = 20;

class NoLogger final : public Logger {
public:
    void Write(LogLevel, std::string_view, std::span<const LogField>) override {}
};

struct Delivery {
    bool is_over = false;
    rd_kafka_resp_err_t error{};
    std::int64_t offset = -1;
};

void OnDelivery(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
    *static_cast<Delivery*>(message->_private) = {
        .is_over = true, .error = message->err, .offset = message->offset};
}

/// A client without anything to say.
struct QuietClient {
    explicit QuietClient(const Properties& properties) {
        Configuration configuration = Configure(properties, base);
        rd_kafka_conf_set_dr_msg_cb(configuration.get(), OnDelivery);
        handle = Create(RD_KAFKA_PRODUCER, std::move(configuration));
    }

    NoLogger logger;
    ClientBase base{logger};
    Handle handle{nullptr, rd_kafka_destroy};
};

void ThrowOnError(rd_kafka_resp_err_t error) {
    if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw KafkaError(rd_kafka_err2str(error));
}

rd_kafka_headers_t* ToHeaders(const Headers& headers) {
    rd_kafka_headers_t* result = rd_kafka_headers_new(headers.size());
    for (const auto& [name, value] : headers) {
        rd_kafka_header_add(result, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                            static_cast<ssize_t>(value.size()));
    }
    return result;
}

}  // namespace

class MockCluster::Cluster {
public:
    Cluster(const std::string& topic, int partitions)
        : cluster_(rd_kafka_mock_cluster_new(host_.handle.get(), kBrokers),
                   rd_kafka_mock_cluster_destroy) {
        rd_kafka_mock_topic_create(cluster_.get(), topic.c_str(), partitions, kBrokers);
    }
    rd_kafka_mock_cluster_t* get() const { return cluster_.get(); }

private:
    QuietClient host_{{{"bootstrap.servers", "localhost:1"}, {"log_level", "0"}}};
    const std::unique_ptr<rd_kafka_mock_cluster_t, void (*)(rd_kafka_mock_cluster_t*)> cluster_;
};

MockCluster::MockCluster(const std::string& topic, int partitions)
    : cluster_(std::make_unique<Cluster>(topic, partitions)) {}

MockCluster::~MockCluster() = default;

std::string MockCluster::brokers() const {
    return rd_kafka_mock_cluster_bootstraps(cluster_->get());
}

void MockCluster::RefuseNextBatch() {
    constexpr std::int16_t kProduce = 0;
    rd_kafka_mock_push_request_errors(cluster_->get(), kProduce, 1,
                                      RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
}

void MockCluster::AnswerAfter(std::chrono::milliseconds delay) {
    for (int broker = 1; broker <= kBrokers; ++broker) {
        rd_kafka_mock_broker_set_rtt(cluster_->get(), broker, static_cast<int>(delay.count()));
    }
}

class RawProducer::Client {
public:
    Client(const std::string& brokers, std::string topic)
        : topic_(std::move(topic)),
          client_({{"bootstrap.servers", brokers},
                   {"linger.ms", "0"},
                   {"message.max.bytes", "10000000"},
                   {"message.timeout.ms", "20000"},
                   {"partitioner", "murmur2"}}) {}

    std::int64_t Send(const RawRecord& record) {
        rd_kafka_t* const handle = client_.handle.get();
        const std::string key = record.key.value_or("");
        std::string payload = record.payload.value_or("");
        const void* const key_data = record.key ? key.data() : nullptr;
        void* const payload_data = record.payload ? payload.data() : nullptr;
        Delivery delivery;
        rd_kafka_headers_t* headers = ToHeaders(record.headers);  // Taken over, unless it fails.
        const rd_kafka_resp_err_t error = rd_kafka_producev(
            handle, RD_KAFKA_V_TOPIC(topic_.c_str()), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
            RD_KAFKA_V_PARTITION(record.partition.value_or(RD_KAFKA_PARTITION_UA)),
            RD_KAFKA_V_KEY(key_data, key.size()), RD_KAFKA_V_VALUE(payload_data, payload.size()),
            RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(&delivery), RD_KAFKA_V_END);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR) rd_kafka_headers_destroy(headers);
        ThrowOnError(error);
        while (!delivery.is_over) rd_kafka_poll(handle, kPollMs);
        ThrowOnError(delivery.error);
        return delivery.offset;
    }

private:
    const std::string topic_;
    QuietClient client_;
};

RawProducer::RawProducer(const std::string& brokers, std::string topic)
    : client_(std::make_unique<Client>(brokers, std::move(topic))) {}

RawProducer::~RawProducer() = default;

std::int64_t RawProducer::Send(const RawRecord& record) { return client_->Send(record); }

void TrimLog(const std::string& brokers, const std::string& topic, std::int32_t partition,
             std::int64_t offset) {
    const QuietClient client({{"bootstrap.servers", brokers}});
    const Partitions before = NewPartitions();
    rd_kafka_topic_partition_list_add(before.get(), topic.c_str(), partition)->offset = offset;
    rd_kafka_DeleteRecords_t* request = rd_kafka_DeleteRecords_new(before.get());
    rd_kafka_queue_t* answers = rd_kafka_queue_new(client.handle.get());
    rd_kafka_DeleteRecords(client.handle.get(), &request, 1, nullptr, answers);
    rd_kafka_event_t* event = rd_kafka_queue_poll(answers, kLimitMs);
    const rd_kafka_resp_err_t error = rd_kafka_event_error(event);
    rd_kafka_event_destroy(event);
    rd_kafka_queue_destroy(answers);
    rd_kafka_DeleteRecords_destroy(request);
    ThrowOnError(error);
}

}  // namespace bangkit::kafka
