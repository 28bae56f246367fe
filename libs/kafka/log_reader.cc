#include "libs/kafka/log_reader.h"

#include <chrono>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

#include "libs/kafka/client.h"
#include "libs/kafka/message.h"

namespace bangkit::kafka {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::seconds kStallMax{30};
constexpr int kStallMaxMs = std::chrono::milliseconds(kStallMax).count();
constexpr int kPollMs = 100;

std::string NameOf(const std::string& topic, std::int32_t partition) {
    return topic + "[" + std::to_string(partition) + "]";
}

}  // namespace

class LogReader::Client : ClientBase {
public:
    Client(const std::string& brokers, std::string topic, Logger& logs)
        : ClientBase(logs),
          topic_(std::move(topic)),
          handle_(
              Create(RD_KAFKA_CONSUMER,
                     Configure({{"bootstrap.servers", brokers},
                                {"group.id", "none"},  // Asked for, though nothing is done with it.
                                {"enable.auto.commit", "false"},
                                {"auto.offset.reset", "error"},
                                {"enable.partition.eof", "true"},
                                {"fetch.wait.max.ms", "100"},
                                {"queued.max.messages.kbytes", "16384"}},
                               *this))) {
        rd_kafka_poll_set_consumer(handle_.get());
    }
    ~Client() { rd_kafka_consumer_close(handle_.get()); }

    Offsets Ends() {
        const std::int32_t count = CountPartitions(handle_.get(), topic_, kStallMaxMs);
        if (count == 0) throw KafkaError("there is no topic " + topic_);
        std::vector<std::int32_t> partitions(static_cast<std::size_t>(count));
        std::iota(partitions.begin(), partitions.end(), 0);
        // A partition of a new topic has no leader yet for a moment, nor has one whose broker went
        // away.
        const auto deadline = SteadyClock::now() + kStallMax;
        Offsets ends;
        do {
            if (SteadyClock::now() > deadline) {
                throw KafkaError("cannot ask for the ends of topic " + topic_);
            }
            ends = QueryEnds(handle_.get(), topic_, partitions, kStallMaxMs);
        } while (ends.size() != partitions.size());
        return ends;
    }

    void Read(const Offsets& from, const Offsets& to,
              const std::function<bool(const Record&)>& on_record) {
        std::set<std::int32_t> unfinished = Assign(from, to);
        auto deadline = SteadyClock::now() + kStallMax;
        while (!unfinished.empty()) {
            const Message message = Poll(handle_.get(), kPollMs);
            if (SteadyClock::now() > deadline) throw KafkaError("no answer from topic " + topic_);
            if (!message) continue;
            if (IsPassing(*message)) continue;
            deadline = SteadyClock::now() + kStallMax;
            const std::int64_t end = to.at(message->partition);
            const bool is_record = message->err == RD_KAFKA_RESP_ERR_NO_ERROR;
            if (is_record && message->offset < end && !on_record(ToRecord(*message))) break;
            if (message->offset + (is_record ? 1 : 0) >= end) unfinished.erase(message->partition);
        }
        rd_kafka_assign(handle_.get(), nullptr);
    }

private:
    /// Returns the partitions that there is something to read of.
    std::set<std::int32_t> Assign(const Offsets& from, const Offsets& to) {
        std::set<std::int32_t> unfinished;
        const Partitions assigned = NewPartitions();
        for (const auto& [partition, end] : to) {
            const auto found = from.find(partition);
            const std::int64_t start = found == from.end() ? 0 : found->second;
            if (start >= end) continue;
            unfinished.insert(partition);
            rd_kafka_topic_partition_list_add(assigned.get(), topic_.c_str(), partition)->offset =
                start;
        }
        rd_kafka_assign(handle_.get(), assigned.get());
        return unfinished;
    }

    /// True for what librdkafka mends by itself.
    bool IsPassing(const rd_kafka_message_t& message) const {
        switch (message.err) {
            case RD_KAFKA_RESP_ERR_NO_ERROR:
            case RD_KAFKA_RESP_ERR__PARTITION_EOF: return false;
            case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
            case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
                throw KafkaError(NameOf(topic_, message.partition) +
                                 " does not hold all that should be read");
            case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
            case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
            case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
            case RD_KAFKA_RESP_ERR__FATAL: throw KafkaError(rd_kafka_err2str(message.err));
            default: return true;
        }
    }

    const std::string topic_;
    const Handle handle_;
};

LogReader::LogReader(const std::string& brokers, const std::string& topic, Logger& logger)
    : client_(std::make_unique<Client>(brokers, topic, logger)) {}

LogReader::~LogReader() = default;

Offsets LogReader::Ends() { return client_->Ends(); }

void LogReader::Read(const Offsets& from, const Offsets& to,
                     const std::function<bool(const Record&)>& on_record) {
    client_->Read(from, to, on_record);
}

}  // namespace bangkit::kafka
