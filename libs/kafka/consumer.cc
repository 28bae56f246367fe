#include "libs/kafka/consumer.h"

#include <exception>
#include <set>
#include <utility>

#include "libs/kafka/client.h"

namespace bangkit::kafka {
namespace {

using Message = std::unique_ptr<rd_kafka_message_t, void (*)(rd_kafka_message_t*)>;
using Partitions = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                   void (*)(rd_kafka_topic_partition_list_t*)>;

void ThrowOnError(rd_kafka_resp_err_t error, const char* what) {
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    throw KafkaError(std::string(what) + ": " + rd_kafka_err2str(error));
}

Headers HeadersOf(const rd_kafka_message_t& message) {
    Headers result;
    rd_kafka_headers_t* headers = nullptr;
    if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return result;
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) ==
                            RD_KAFKA_RESP_ERR_NO_ERROR;
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

Record ToRecord(const rd_kafka_message_t& message) {
    rd_kafka_timestamp_type_t type{};
    const std::int64_t millis = rd_kafka_message_timestamp(&message, &type);
    return {.partition = message.partition,
            .offset = message.offset,
            .appended_at = Time(std::chrono::milliseconds(millis)),
            .key = Bytes(message.key, message.key_len),
            .payload = Bytes(message.payload, message.len),
            .headers = HeadersOf(message)};
}

std::vector<std::int32_t> Numbers(const rd_kafka_topic_partition_list_t& list) {
    std::vector<std::int32_t> numbers;
    for (int i = 0; i < list.cnt; ++i) numbers.push_back(list.elems[i].partition);
    return numbers;
}

}  // namespace

class Consumer::Client : ClientBase {
public:
    Client(const std::string& brokers, const std::string& group, std::string topic,
           AssignmentListener& listener, Logger& logs)
        : ClientBase(logs), listener_(listener), topic_(std::move(topic)) {
        Configuration configuration = Configure({{"bootstrap.servers", brokers},
                                                 {"group.id", group},
                                                 {"enable.auto.commit", "false"},
                                                 {"enable.auto.offset.store", "false"},
                                                 {"auto.offset.reset", "error"},
                                                 {"session.timeout.ms", "6000"},
                                                 {"heartbeat.interval.ms", "1000"},
                                                 {"fetch.wait.max.ms", "100"},
                                                 {"queued.max.messages.kbytes", "16384"}},
                                                *this);
        rd_kafka_conf_set_rebalance_cb(
            configuration.get(),
            [](rd_kafka_t* handle, rd_kafka_resp_err_t event,
               rd_kafka_topic_partition_list_t* partitions, void* opaque) {
                static_cast<Client*>(static_cast<ClientBase*>(opaque))
                    ->Rebalance(handle, event, *partitions);
            });
        handle_ = Create(RD_KAFKA_CONSUMER, std::move(configuration));
        rd_kafka_poll_set_consumer(handle_.get());
        const Partitions topics(rd_kafka_topic_partition_list_new(1),
                                rd_kafka_topic_partition_list_destroy);
        rd_kafka_topic_partition_list_add(topics.get(), topic_.c_str(), RD_KAFKA_PARTITION_UA);
        ThrowOnError(rd_kafka_subscribe(handle_.get(), topics.get()), "cannot subscribe");
    }

    ~Client() { rd_kafka_consumer_close(handle_.get()); }  // Leaves the group at once.

    /// False if there is none.
    bool PollOne(std::chrono::milliseconds wait, std::vector<Record>& records) {
        const Message message(
            rd_kafka_consumer_poll(handle_.get(), static_cast<int>(wait.count())),
            rd_kafka_message_destroy);
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
        if (!message) return false;
        if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) return Survive(*message);
        records.push_back(ToRecord(*message));
        return true;
    }

    std::map<std::int32_t, std::int64_t> LogEnds() const {
        std::map<std::int32_t, std::int64_t> ends;
        for (const std::int32_t partition : assigned_) {
            std::int64_t low = -1, high = -1;
            rd_kafka_get_watermark_offsets(handle_.get(), topic_.c_str(), partition, &low, &high);
            ends[partition] = high < 0 ? -1 : high;
        }
        return ends;
    }

private:
    void Rebalance(rd_kafka_t* handle, rd_kafka_resp_err_t event,
                   rd_kafka_topic_partition_list_t& partitions) {
        if (event == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
            try {
                const std::vector<std::int64_t> offsets = listener_.OnAssigned(Numbers(partitions));
                for (int i = 0; i < partitions.cnt; ++i) {
                    partitions.elems[i].offset = offsets[static_cast<std::size_t>(i)];
                    assigned_.insert(partitions.elems[i].partition);
                }
                rd_kafka_assign(handle, &partitions);
            } catch (...) {
                failure_ = std::current_exception();  // Must not cross C code: Poll() throws it.
                rd_kafka_assign(handle, nullptr);
            }
            return;
        }
        assigned_.clear();
        listener_.OnRevoked(Numbers(partitions));
        rd_kafka_assign(handle, nullptr);
    }

    /// Errors that only mean "not now" are for librdkafka to mend; true: poll on.
    bool Survive(const rd_kafka_message_t& message) const {
        switch (message.err) {
            case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
            case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
                throw KafkaError("partition " + std::to_string(message.partition) +
                                 " of the log does not have the next offset any more");
            case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
            case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
            case RD_KAFKA_RESP_ERR__FATAL:
            case RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED:
                throw KafkaError(rd_kafka_err2str(message.err));
            default:
                logger.Warning("consumer_error", {{"detail", rd_kafka_err2str(message.err)}});
                return false;
        }
    }

    AssignmentListener& listener_;
    const std::string topic_;
    std::set<std::int32_t> assigned_;
    std::exception_ptr failure_;
    Handle handle_{nullptr, rd_kafka_destroy};
};

Consumer::Consumer(const std::string& brokers, const std::string& group, const std::string& topic,
                   AssignmentListener& listener, Logger& logger)
    : client_(std::make_unique<Client>(brokers, group, topic, listener, logger)) {}

Consumer::~Consumer() = default;

std::vector<Record> Consumer::Poll(std::chrono::milliseconds wait, std::size_t max) {
    std::vector<Record> records;
    if (!client_->PollOne(wait, records)) return records;
    while (records.size() < max && client_->PollOne(std::chrono::milliseconds(0), records)) {
    }
    return records;
}

std::map<std::int32_t, std::int64_t> Consumer::LogEnds() const { return client_->LogEnds(); }

}  // namespace bangkit::kafka
