#include "libs/messaging/relay.h"

#include <exception>
#include <utility>
#include <vector>

#include "libs/messaging/envelope.h"
#include "libs/telemetry/metrics.h"

namespace bangkit::messaging {
namespace {

using postgres::Int64;

constexpr std::chrono::milliseconds kPollEvery{20};
constexpr std::chrono::milliseconds kRestartAfter{500};
constexpr std::chrono::seconds kMeasureEvery{1};
constexpr std::chrono::milliseconds kGatherFor{20};
constexpr std::int64_t kMany = 8;

kafka::OutgoingRecord ToRecord(const postgres::Rows& rows, int i, const std::string& source) {
    const Envelope envelope{.aggregate_type = rows.Text(i, 1),
                            .aggregate_id = rows.Uuid(i, 2),
                            .version = rows.Int64(i, 3),
                            .type = rows.Text(i, 4),
                            .time = rows.Time(i, 7),
                            .traceparent = rows.Text(i, 6)};
    return {.key = envelope.aggregate_id,
            .payload = rows.Text(i, 5),
            .headers = ToHeaders(envelope, source)};
}

}  // namespace

Relay::Relay(const RelayOptions& options, Lease& lease, Logger& logger,
             const Failpoints& failpoints)
    : options_(options),
      failpoints_(failpoints),
      connection_(options_.dsn, postgres::kPatiently),
      producer_(options_.brokers, options_.topic, logger),
      lease_(lease) {
    // A deletion that a crash undoes is a copy sent again, which consumers drop: not worth a wait
    // for the disk, neither the next events' nor that of the commands' own commits.
    connection_.RunScript("SET synchronous_commit = off");
}

std::int64_t Relay::RelayOnce(const std::stop_token& stop) {
    if (!lease_.Acquire(connection_)) return 0;
    const postgres::Rows rows = ReadRound();
    if (rows.size() == 0) return 0;

    std::vector<kafka::OutgoingRecord> records;
    for (int i = 0; i < rows.size(); ++i) records.push_back(ToRecord(rows, i, options_.source));
    std::exception_ptr failure;
    try {
        producer_.SendAll(records, [this, &stop] {
            return !stop.stop_requested() && lease_.Acquire(connection_);
        });
    } catch (const kafka::KafkaError&) {
        failure = std::current_exception();  // Some may be acknowledged all the same.
    }
    failpoints_.Hit("after_produce");
    postgres::Int64Array sent;
    for (int i = 0; i < rows.size(); ++i) {
        if (records[static_cast<std::size_t>(i)].is_acknowledged) sent.Add(rows.Int64(i, 0));
    }
    const std::int64_t deleted = DeleteSent(connection_, sent, lease_.epoch());
    failpoints_.Hit("after_relay");
    if (deleted < sent.size()) lease_.Forget();
    if (failure) std::rethrow_exception(failure);
    return deleted;
}

postgres::Rows Relay::ReadRound() {
    return connection_.Run(
        "SELECT id, aggregate_type, aggregate_id, version, type, payload, traceparent, created_at"
        "  FROM (SELECT *, sum(octet_length(payload)) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING)"
        "                  - octet_length(payload) AS bytes_before"
        "          FROM outbox ORDER BY id LIMIT $1::bigint) AS next"
        " WHERE bytes_before < $2::bigint ORDER BY id",
        {Int64(options_.batch_max), Int64(options_.bytes_max)});
}

double Relay::OldestWaits() {
    const postgres::Rows rows = connection_.Run(
        "SELECT (extract(epoch FROM clock_timestamp() - created_at) * 1000)::bigint"
        "  FROM outbox ORDER BY id LIMIT 1");
    return rows.size() == 0 ? 0 : static_cast<double>(rows.Int64(0, 0)) / 1000;
}

std::int64_t DeleteSent(postgres::Connection& connection, const postgres::Int64Array& ids,
                        std::int64_t epoch) {
    return connection
        .Run(
            "DELETE FROM outbox WHERE id = ANY($1::bigint[])"
            "   AND EXISTS (SELECT FROM relay_lease WHERE epoch = $2::bigint)",
            {ids, Int64(epoch)})
        .affected();
}

bool ShouldGather(std::int64_t delivered, std::int64_t batch_max) {
    return delivered >= kMany && delivered < batch_max;
}

RelayThread::RelayThread(RelayOptions options, Wake& wake, Logger& logger,
                         prometheus::Registry& metrics, const Failpoints& failpoints)
    : options_(std::move(options)),
      wake_(wake),
      logger_(logger),
      failpoints_(failpoints),
      outage_(logger, "relay"),
      relayed_(telemetry::AddCounter(metrics, "bangkit_relay_events_total",
                                     "Events brought from the outbox to Kafka")),
      failures_(telemetry::AddCounter(metrics, "bangkit_relay_failures_total",
                                      "Times the relay had to begin anew")),
      takeovers_(telemetry::AddCounter(metrics, "bangkit_relay_takeovers_total",
                                       "Times this process became the relay")),
      oldest_(telemetry::AddGauge(metrics, "bangkit_outbox_oldest_seconds",
                                  "How long the oldest event has been waiting for Kafka")),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

void RelayThread::Run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            RelayUntilFailure(stop);
        } catch (const std::exception& failure) {
            failures_.Increment();
            outage_.Met(failure.what());
            Wake pause;  // Every commit rings the other one.
            pause.WaitFor(kRestartAfter, stop);
        }
    }
    ReleaseLease();
}

void RelayThread::RelayUntilFailure(const std::stop_token& stop) {
    Relay relay(options_, lease_, logger_, failpoints_);
    auto measure_at = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
        const std::int64_t delivered = relay.RelayOnce(stop);
        outage_.Over();
        relayed_.Increment(static_cast<double>(delivered));
        CountTakeover();
        if (std::chrono::steady_clock::now() >= measure_at) {
            oldest_.Set(relay.OldestWaits());
            measure_at = std::chrono::steady_clock::now() + kMeasureEvery;
        }
        if (delivered == 0) wake_.WaitFor(kPollEvery, stop);
        if (ShouldGather(delivered, options_.batch_max)) {
            Wake pause;  // Every commit rings the other one.
            pause.WaitFor(kGatherFor, stop);
        }
    }
}

void RelayThread::CountTakeover() {
    if (lease_.epoch() <= last_epoch_) return;
    last_epoch_ = lease_.epoch();
    takeovers_.Increment();
}

void RelayThread::ReleaseLease() {
    try {
        postgres::Connection connection(options_.dsn, postgres::kPromptly);
        lease_.Release(connection);
    } catch (const std::exception& failure) {
        logger_.Warning("lease_left_to_expire", {{"detail", failure.what()}});
    }
}

}  // namespace bangkit::messaging
