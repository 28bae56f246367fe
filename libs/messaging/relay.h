#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <cstdint>
#include <stop_token>
#include <string>
#include <thread>

#include "libs/base/failpoints.h"
#include "libs/base/logger.h"
#include "libs/base/outage.h"
#include "libs/base/wake.h"
#include "libs/kafka/producer.h"
#include "libs/messaging/lease.h"
#include "libs/postgres/connection.h"

namespace bangkit::messaging {

struct RelayOptions {
    std::string dsn;
    std::string brokers;
    std::string topic;
    std::string source;  // CloudEvents source, such as "/bangkit/registration".
    // A round ends with the event that reaches either limit. It lies in memory several times.
    std::int64_t batch_max = 4'000;
    std::int64_t bytes_max = 8 << 20;  // Of payloads.
};

/// Brings the outbox to Kafka: at least once, and each aggregate's events in version order.
///
/// It reads what remains and deletes what was acknowledged, and remembers nothing: ids become
/// visible out of order, so a "last id sent" would skip some. Two events of one aggregate cannot:
/// the second is written only after the first has been committed.
class Relay {
public:
    Relay(const RelayOptions& options, Lease& lease, Logger& logger, const Failpoints& failpoints);

    /// One round. Returns how many events it delivered; 0 also if another process is the relay.
    /// After an exception, thrown also when `stop` is requested while Kafka is slow, the Relay is
    /// spent: make a new one, which reads what remains.
    std::int64_t RelayOnce(const std::stop_token& stop = {});

    /// Seconds that the oldest event has been waiting; 0 if none waits.
    double OldestWaits();

private:
    postgres::Rows ReadRound();

    const RelayOptions options_;
    const Failpoints& failpoints_;
    postgres::Connection connection_;
    kafka::Producer producer_;
    Lease& lease_;
};

/// Deletes what was sent, unless the lease has gone to another process since `epoch`: then these
/// rows are the other's to send and delete, and ours were copies, which consumers drop by version.
/// Returns how many it deleted.
std::int64_t DeleteSent(postgres::Connection& connection, const postgres::Int64Array& ids,
                        std::int64_t epoch);

/// Whether the next events may gather before they are sent. Kafka's work is by request, one for
/// each partition: a round as large as a few commits costs it a third of what each commit alone
/// would. A few events never wait, nor does what is left of a full round.
bool ShouldGather(std::int64_t delivered, std::int64_t batch_max);

/// Runs a Relay until destroyed, and a new one after each failure. The lease outlives them all, so
/// an error does not hand the work to another process or keep everybody waiting.
class RelayThread {
public:
    RelayThread(RelayOptions options, Wake& wake, Logger& logger, prometheus::Registry& metrics,
                const Failpoints& failpoints);

private:
    void Run(const std::stop_token& stop);
    void RelayUntilFailure(const std::stop_token& stop);
    void CountTakeover();
    void ReleaseLease();

    const RelayOptions options_;
    Wake& wake_;
    Logger& logger_;
    const Failpoints& failpoints_;
    Outage outage_;
    prometheus::Counter& relayed_;
    prometheus::Counter& failures_;
    prometheus::Counter& takeovers_;
    prometheus::Gauge& oldest_;
    Lease lease_;
    std::int64_t last_epoch_ = 0;  // In which this process was the relay.
    std::jthread thread_;
};

}  // namespace bangkit::messaging
