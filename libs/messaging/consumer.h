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

namespace bangkit::kafka {
class Consumer;
}

namespace bangkit::messaging {

struct ConsumerOptions {
    std::string dsn;  // Of the database that the effects and the offsets go to.
    std::string brokers;
    std::string group;  // Processes of one group share the partitions.
    std::string topic;
    std::size_t batch_max = 2'000;  // Records in one transaction.
    // A transaction in which nothing happens for so long is undone: a process that is frozen must
    // not keep the next owner from its partitions. A server is waited for as long.
    std::chrono::milliseconds silence_max = postgres::kPatiently;
};

/// What a consumer stands on; all of it outlives the consumer.
struct ConsumerContext {
    Logger& logger;
    prometheus::Registry& metrics;
    const Failpoints& failpoints;
    std::function<void()> on_commit;  // After every transaction, and every second.
};

/// Reads a topic until destroyed, in a thread of its own: polls, applies batch after batch,
/// releases what is parked and due, and joins the group anew after every failure. Failpoints, on
/// either side of a commit: before_consume, after_consume, before_release, after_release.
class ConsumerThread {
public:
    /// `make_projection` is called for every transaction.
    ConsumerThread(ConsumerOptions options, ConsumerContext context,
                   std::function<std::unique_ptr<Projection>()> make_projection);

private:
    class Membership;

    void Run(const std::stop_token& stop);
    void ConsumeUntilFailure(const std::stop_token& stop);
    /// Notes how far this consumer is. False if the group has to be joined anew, as below.
    bool Note(postgres::Connection& connection, Inbox& inbox, const kafka::Consumer& consumer);
    /// `Item`: a record from the log, or the place of a parked one that is due.
    template <typename Item>
    bool Consume(postgres::Connection& connection, Inbox& inbox, std::span<const Item> batch);
    template <typename Item>
    bool ConsumeHalves(postgres::Connection& connection, Inbox& inbox, std::span<const Item> batch);
    bool Apply(postgres::Connection& connection, Inbox& inbox,
               std::span<const kafka::Record> records, Projection& projection);
    bool Apply(postgres::Connection& connection, Inbox& inbox, std::span<const RecordPlace> places,
               Projection& projection);
    bool IsOurs(const std::optional<Consumed>& consumed) const;
    void Count(const Consumed& consumed);
    void CountReleased(const Consumed& released);
    prometheus::Counter& CounterOf(const std::string& result) const;
    void LogEach(std::span<const kafka::Record> records) const;

    const ConsumerOptions options_;
    const ConsumerContext context_;
    const std::string id_;  // Of this consumer as long as it lives, however often it joins.
    const std::function<std::unique_ptr<Projection>()> make_projection_;
    Outage outage_;
    prometheus::Counter& applied_;
    prometheus::Counter& copies_;
    prometheus::Counter& parked_;
    prometheus::Counter& released_;
    prometheus::Counter& dropped_;
    prometheus::Counter& failures_;
    prometheus::Gauge& lag_;
    prometheus::Gauge& parked_now_;
    std::chrono::steady_clock::time_point count_parked_at_ = {};
    std::jthread thread_;
};

}  // namespace bangkit::messaging
