#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include "libs/base/failpoints.h"
#include "libs/base/logger.h"
#include "libs/base/outage.h"
#include "libs/messaging/inbox.h"

namespace bangkit::messaging {

struct ConsumerOptions {
    std::string dsn;  // Of the database that the effects and the offsets go to.
    std::string brokers;
    std::string group;  // Processes of one group share the partitions.
    std::string topic;
    std::size_t batch_max = 2'000;  // Records in one transaction.
};

/// What a consumer stands on; all of it outlives the consumer.
struct ConsumerContext {
    Logger& logger;
    prometheus::Registry& metrics;
    const Failpoints& failpoints;
    std::function<void()> on_commit;  // After every transaction, and every second.
};

/// Reads a topic until destroyed, in a thread of its own: polls, applies batch after batch, and
/// joins the group anew after every failure. Failpoint: after_consume.
class ConsumerThread {
public:
    /// `make_projection` is called for every transaction.
    ConsumerThread(ConsumerOptions options, ConsumerContext context,
                   std::function<std::unique_ptr<Projection>()> make_projection);

private:
    class Membership;

    void Run(const std::stop_token& stop);
    void ConsumeUntilFailure(const std::stop_token& stop);
    /// False if the group has to be joined anew.
    bool Consume(postgres::Connection& connection, Inbox& inbox,
                 std::span<const kafka::Record> records);
    bool ConsumeHalves(postgres::Connection& connection, Inbox& inbox,
                       std::span<const kafka::Record> records);
    bool Apply(postgres::Connection& connection, Inbox& inbox,
               std::span<const kafka::Record> records, Projection& projection);
    void Count(const Consumed& consumed);
    void LogEach(std::span<const kafka::Record> records) const;

    const ConsumerOptions options_;
    const ConsumerContext context_;
    const std::function<std::unique_ptr<Projection>()> make_projection_;
    Outage outage_;
    prometheus::Counter& applied_;
    prometheus::Counter& copies_;
    prometheus::Counter& parked_;
    prometheus::Counter& failures_;
    prometheus::Gauge& lag_;
    std::jthread thread_;
};

}  // namespace bangkit::messaging
