#include "libs/messaging/relay.h"

#include <chrono>
#include <stdexcept>
#include <thread>

#include "libs/base/failpoints.h"
#include "libs/base/wake.h"
#include "libs/kafka/producer.h"
#include "libs/messaging/envelope.h"
#include "libs/postgres/connection.h"
#include "libs/telemetry/metrics.h"
#include "tests/bench/commands.h"
#include "tests/bench/records.h"

namespace bangkit::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr const char* kSource = "/bangkit/registration";
constexpr std::chrono::minutes kLimit{5};

void PrintRate(double records, SteadyClock::time_point start) {
    const std::chrono::duration<double> seconds = SteadyClock::now() - start;
    Print({{"rate", records / seconds.count()}, {"calls", records}});
}

}  // namespace

std::vector<kafka::OutgoingRecord> ReadOutbox(const std::string& dsn) {
    postgres::Connection connection(dsn);
    const postgres::Rows rows = connection.Run(
        "SELECT aggregate_type, aggregate_id, version, type, payload, traceparent, created_at"
        "  FROM outbox ORDER BY id");
    std::vector<kafka::OutgoingRecord> records;
    for (int i = 0; i < rows.size(); ++i) {
        const messaging::Envelope envelope{.aggregate_type = rows.Text(i, 0),
                                           .aggregate_id = rows.Uuid(i, 1),
                                           .version = rows.Int64(i, 2),
                                           .type = rows.Text(i, 3),
                                           .time = rows.Time(i, 6),
                                           .traceparent = rows.Text(i, 5)};
        records.push_back({.key = envelope.aggregate_id,
                           .payload = rows.Text(i, 4),
                           .headers = messaging::ToHeaders(envelope, kSource)});
    }
    return records;
}

void Drain(const Arguments& arguments) {
    const std::string dsn = arguments.Text(0);
    const std::int64_t waiting =
        postgres::Connection(dsn).Run("SELECT count(*) FROM outbox").Int64(0, 0);
    ErrorLogger logger;
    prometheus::Registry metrics;
    const Failpoints failpoints;
    Wake wake;
    const auto start = SteadyClock::now();
    const messaging::RelayThread relay(
        {.dsn = dsn, .brokers = arguments.Text(1), .topic = arguments.Text(2), .source = kSource},
        wake, logger, metrics, failpoints);
    const prometheus::Counter& relayed = telemetry::AddCounter(
        metrics, "bangkit_relay_events_total", "Events brought from the outbox to Kafka");
    while (relayed.Value() < static_cast<double>(waiting)) {
        if (SteadyClock::now() > start + kLimit) throw std::runtime_error("the outbox stays full");
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    PrintRate(static_cast<double>(waiting), start);
}

void Produce(const Arguments& arguments) {
    std::vector<kafka::OutgoingRecord> records = ReadOutbox(arguments.Text(0));
    ErrorLogger logger;
    const auto start = SteadyClock::now();
    kafka::Producer producer(arguments.Text(1), arguments.Text(2), logger);
    producer.SendAll(records, [] { return true; });
    PrintRate(static_cast<double>(records.size()), start);
}

}  // namespace bangkit::bench
