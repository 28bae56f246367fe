#include "libs/kafka/producer.h"

#include <chrono>
#include <exception>

#include "libs/kafka/client.h"

namespace bangkit::kafka {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::seconds kStallMax{30};
constexpr int kPollMs = 10;
constexpr int kPurgeAll = RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT;

Configuration Configured(const std::string& brokers, ClientBase& client) {
    return Configure(
        {{"bootstrap.servers", brokers},
         {"enable.idempotence", "true"},
         // Without it, a refused record is left out and the next one written: v1, v3, v4.
         {"enable.gapless.guarantee", "true"},
         {"acks", "all"},
         {"message.timeout.ms", "0"},  // Never: the guarantee above does not cover it.
         {"linger.ms", "0"},
         // Java's hash, so that every client in every language finds a key in the same partition.
         {"partitioner", "murmur2"}},
        client);
}

}  // namespace

/// What a call of SendAll() is waiting for. Each record carries a pointer to it.
struct Producer::Sending {
    std::size_t answered = 0;
    std::string failure;
};

struct Producer::Client : ClientBase {
    Client(const std::string& brokers, Logger& logs);

    Handle handle{nullptr, rd_kafka_destroy};
};

namespace {

/// The per-message opaque: whose record, and which.
struct InFlight {
    OutgoingRecord* record;
    std::size_t* answered;
    std::string* failure;
};

void OnDelivery(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
    const std::unique_ptr<InFlight> flight(static_cast<InFlight*>(message->_private));
    flight->record->is_acknowledged = message->err == RD_KAFKA_RESP_ERR_NO_ERROR;
    if (!flight->record->is_acknowledged && flight->failure->empty()) {
        *flight->failure = rd_kafka_err2str(message->err);
    }
    ++*flight->answered;
}

}  // namespace

Producer::Client::Client(const std::string& brokers, Logger& logs) : ClientBase(logs) {
    Configuration configuration = Configured(brokers, *this);
    rd_kafka_conf_set_dr_msg_cb(configuration.get(), OnDelivery);
    handle = Create(RD_KAFKA_PRODUCER, std::move(configuration));
}

Producer::Producer(const std::string& brokers, std::string topic, Logger& logger)
    : topic_(std::move(topic)), client_(std::make_unique<Client>(brokers, logger)) {}

// What was not acknowledged stays in the outbox and is sent again: nothing to wait for.
Producer::~Producer() { rd_kafka_purge(client_->handle.get(), kPurgeAll); }

void Producer::SendAll(std::vector<OutgoingRecord>& records,
                       const std::function<bool()>& may_wait) {
    rd_kafka_t* client = client_->handle.get();
    Sending sending;
    std::size_t sent = 0;
    while (sent < records.size() && Send(records[sent], sending)) ++sent;
    const auto deadline = SteadyClock::now() + kStallMax;
    bool gave_up = false;
    std::exception_ptr thrown;
    // Every record is answered for sooner or later, and until then points to what lies on this
    // stack: whatever happens, wait for that.
    while (sending.answered < sent) {
        try {
            gave_up = gave_up || SteadyClock::now() > deadline || !may_wait();
        } catch (...) {
            gave_up = true;
            thrown = std::current_exception();
        }
        if (gave_up) {
            sending.failure = "gave up waiting for acknowledgements";
            rd_kafka_purge(client, kPurgeAll);
        } else if (rd_kafka_fatal_error(client, nullptr, 0) != 0) {
            // What is on its way may still be acknowledged; what is behind it never will be.
            rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE);
        }
        rd_kafka_poll(client, kPollMs);
    }
    if (thrown) std::rethrow_exception(thrown);
    if (!sending.failure.empty()) throw KafkaError(sending.failure);
}

bool Producer::Send(OutgoingRecord& record, Sending& sending) {
    auto flight = std::make_unique<InFlight>(&record, &sending.answered, &sending.failure);
    std::vector<rd_kafka_vu_t> arguments;
    arguments.reserve(5 + record.headers.size());
    arguments.push_back({.vtype = RD_KAFKA_VTYPE_TOPIC, .u = {.cstr = topic_.c_str()}});
    arguments.push_back({.vtype = RD_KAFKA_VTYPE_MSGFLAGS, .u = {.i = RD_KAFKA_MSG_F_COPY}});
    arguments.push_back({.vtype = RD_KAFKA_VTYPE_OPAQUE, .u = {.ptr = flight.get()}});
    const auto add_bytes = [&arguments](rd_kafka_vtype_t type, const std::string& bytes) {
        rd_kafka_vu_t argument{.vtype = type, .u = {}};
        argument.u.mem = {.ptr = const_cast<char*>(bytes.data()), .size = bytes.size()};
        arguments.push_back(argument);
    };
    add_bytes(RD_KAFKA_VTYPE_KEY, record.key);
    add_bytes(RD_KAFKA_VTYPE_VALUE, record.payload);
    for (const auto& [name, value] : record.headers) {
        rd_kafka_vu_t argument{.vtype = RD_KAFKA_VTYPE_HEADER, .u = {}};
        argument.u.header = {
            .name = name.c_str(), .val = value.data(), .size = static_cast<ssize_t>(value.size())};
        arguments.push_back(argument);
    }
    rd_kafka_error_t* error =
        rd_kafka_produceva(client_->handle.get(), arguments.data(), arguments.size());
    if (error == nullptr) {
        flight.release();  // OnDelivery() takes it over.
        return true;
    }
    sending.failure = rd_kafka_error_string(error);
    rd_kafka_error_destroy(error);
    return false;
}

}  // namespace bangkit::kafka
