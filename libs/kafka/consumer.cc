#include "libs/kafka/consumer.h"

#include <exception>
#include <set>
#include <utility>

#include "libs/kafka/client.h"
#include "libs/kafka/message.h"

namespace bangkit::kafka {
namespace {

constexpr int kQueryLimitMs = 500;

void ThrowOnError(rd_kafka_resp_err_t error, const char* what) {
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    throw KafkaError(std::string(what) + ": " + rd_kafka_err2str(error));
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
            configuration.get(), [](rd_kafka_t* handle, rd_kafka_resp_err_t event,
                                    rd_kafka_topic_partition_list_t* partitions, void* opaque) {
                static_cast<Client*>(static_cast<ClientBase*>(opaque))
                    ->Rebalance(handle, event, *partitions);
            });
        handle_ = Create(RD_KAFKA_CONSUMER, std::move(configuration));
        rd_kafka_poll_set_consumer(handle_.get());
        const Partitions topics = NewPartitions();
        rd_kafka_topic_partition_list_add(topics.get(), topic_.c_str(), RD_KAFKA_PARTITION_UA);
        ThrowOnError(rd_kafka_subscribe(handle_.get(), topics.get()), "cannot subscribe");
    }

    ~Client() { rd_kafka_consumer_close(handle_.get()); }  // Leaves the group at once.

    std::vector<Record> Poll(std::chrono::milliseconds wait, std::size_t max) {
        records_.clear();
        if (!PollOne(static_cast<int>(wait.count()))) return {};
        while (records_.size() < max && PollOne(0)) {
        }
        return std::move(records_);
    }

    Offsets QueryLogEnds() const {
        return QueryEnds(handle_.get(), topic_, {assigned_.begin(), assigned_.end()},
                         kQueryLimitMs);
    }

private:
    /// False if there is none.
    bool PollOne(int wait_ms) {
        const Message message = kafka::Poll(handle_.get(), wait_ms);
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
        if (!message) return false;
        if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
            ThrowIfHopeless(*message);
            return false;
        }
        records_.push_back(ToRecord(*message));
        return true;
    }

    void Rebalance(rd_kafka_t* handle, rd_kafka_resp_err_t event,
                   rd_kafka_topic_partition_list_t& partitions) {
        records_.clear();  // Read under the old assignment: the next owner reads them again.
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

    /// Errors that only mean "not now" are for librdkafka to mend.
    void ThrowIfHopeless(const rd_kafka_message_t& message) const {
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
            default: logger.Warning("consumer_error", {{"detail", rd_kafka_err2str(message.err)}});
        }
    }

    AssignmentListener& listener_;
    const std::string topic_;
    std::set<std::int32_t> assigned_;
    std::vector<Record> records_;  // Of the Poll() under way.
    std::exception_ptr failure_;
    Handle handle_{nullptr, rd_kafka_destroy};
};

Consumer::Consumer(const std::string& brokers, const std::string& group, const std::string& topic,
                   AssignmentListener& listener, Logger& logger)
    : client_(std::make_unique<Client>(brokers, group, topic, listener, logger)) {}

Consumer::~Consumer() = default;

std::vector<Record> Consumer::Poll(std::chrono::milliseconds wait, std::size_t max) {
    return client_->Poll(wait, max);
}

Offsets Consumer::QueryLogEnds() const { return client_->QueryLogEnds(); }

}  // namespace bangkit::kafka
