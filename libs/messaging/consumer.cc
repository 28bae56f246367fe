#include "libs/messaging/consumer.h"

#include <exception>
#include <utility>

#include "libs/base/ids.h"
#include "libs/base/wake.h"
#include "libs/kafka/consumer.h"
#include "libs/telemetry/metrics.h"

namespace bangkit::messaging {
namespace {

constexpr std::chrono::milliseconds kPollWait{100};
constexpr std::chrono::seconds kNoteEvery{1};
constexpr std::chrono::milliseconds kRejoinAfter{500};
// A transaction of its own for each so many parked records, between the batches from the log.
constexpr std::size_t kReleaseMax = 100;
constexpr std::chrono::seconds kCountParkedEvery{10};

std::int64_t SumOfLags(const std::map<std::int32_t, std::int64_t>& ends,
                       const std::map<std::int32_t, std::int64_t>& positions) {
    std::int64_t sum = 0;
    for (const auto& [partition, end] : ends) {
        const auto position = positions.find(partition);
        if (position != positions.end() && end > position->second) sum += end - position->second;
    }
    return sum;
}

/// The database refuses to store what the event says, today and always: a number too large, a text
/// with a NUL, a key that has stayed taken.
bool IsPoison(const postgres::SqlError& error) {
    return error.IsBadValue() || error.state().starts_with("23");
}

/// What is left to do with such an event: it is parked.
class Refusal final : public Projection {
public:
    explicit Refusal(std::string detail) : detail_(std::move(detail)) {}
    void Load(postgres::Transaction&, std::span<const ReceivedEvent>) override {}
    Result<void> Fold(const ReceivedEvent&) override {
        return Refused(ErrorCode::kInvalidArgument, "NOT_STORABLE", detail_);
    }
    void Save(postgres::Transaction&) override {}

private:
    const std::string detail_;
};

/// Meets a failpoint when all is written and nothing is committed.
class WithFailpoint final : public Projection {
public:
    WithFailpoint(Projection& projection, const Failpoints& failpoints, std::string_view point)
        : projection_(projection), failpoints_(failpoints), point_(point) {}
    void Load(postgres::Transaction& transaction, std::span<const ReceivedEvent> events) override {
        projection_.Load(transaction, events);
    }
    Result<void> Fold(const ReceivedEvent& event) override { return projection_.Fold(event); }
    void Save(postgres::Transaction& transaction) override {
        projection_.Save(transaction);
        failpoints_.Hit(point_);
    }

private:
    Projection& projection_;
    const Failpoints& failpoints_;
    const std::string_view point_;
};

}  // namespace

/// Asks the inbox where to read from whenever the group hands partitions out.
class ConsumerThread::Membership final : public kafka::AssignmentListener {
public:
    Membership(Inbox& inbox, postgres::Connection& connection, Logger& logger, std::string topic)
        : inbox_(inbox), connection_(connection), logger_(logger), topic_(std::move(topic)) {}

    std::vector<std::int64_t> OnAssigned(const std::vector<std::int32_t>& partitions) override {
        Log("partitions_assigned", partitions);
        return inbox_.TakeOver(connection_, partitions);
    }
    void OnRevoked(const std::vector<std::int32_t>& partitions) override {
        Log("partitions_revoked", partitions);
        inbox_.Forget();
    }

private:
    void Log(std::string_view event, const std::vector<std::int32_t>& partitions) {
        logger_.Info(event, {{"count", std::to_string(partitions.size())}, {"topic", topic_}});
    }

    Inbox& inbox_;
    postgres::Connection& connection_;
    Logger& logger_;
    const std::string topic_;
};

ConsumerThread::ConsumerThread(ConsumerOptions options, ConsumerContext context,
                               std::function<std::unique_ptr<Projection>()> make_projection)
    : options_(std::move(options)),
      context_(std::move(context)),
      id_(NewId(std::chrono::system_clock::now())),
      make_projection_(std::move(make_projection)),
      outage_(context_.logger, "consumer"),
      applied_(CounterOf("applied")),
      copies_(CounterOf("copy")),
      parked_(CounterOf("parked")),
      released_(CounterOf("released")),
      dropped_(CounterOf("dropped")),
      failures_(telemetry::AddCounter(context_.metrics, "bangkit_consumer_failures_total",
                                      "Times the consumer had to join its group anew",
                                      {{"topic", options_.topic}})),
      lag_(telemetry::AddGauge(context_.metrics, "bangkit_consumer_lag_events",
                               "Records between this consumer and the ends of its partitions",
                               {{"topic", options_.topic}})),
      parked_now_(telemetry::AddGauge(context_.metrics, "bangkit_consumer_parked_events",
                                      "Records of this consumer's partitions that are parked",
                                      {{"topic", options_.topic}})),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

prometheus::Counter& ConsumerThread::CounterOf(const std::string& result) const {
    return telemetry::AddCounter(context_.metrics, "bangkit_consumer_events_total",
                                 "Events read, by what became of them",
                                 {{"topic", options_.topic}, {"result", result}});
}

void ConsumerThread::Run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            ConsumeUntilFailure(stop);
        } catch (const std::exception& failure) {
            failures_.Increment();
            outage_.Met(failure.what());
            Wake pause;  // Nobody rings it.
            pause.WaitFor(kRejoinAfter, stop);
        }
    }
}

void ConsumerThread::ConsumeUntilFailure(const std::stop_token& stop) {
    postgres::Connection connection(options_.dsn, options_.silence_max);
    // By key alone: a plan made while the tables were small must not scan them once they are large.
    connection.RunScript("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan");
    Inbox inbox(options_.topic, id_);
    Membership membership(inbox, connection, context_.logger, options_.topic);
    kafka::Consumer consumer(options_.brokers, options_.group, options_.topic, membership,
                             context_.logger);
    auto note_at = std::chrono::steady_clock::now();
    std::vector<RecordPlace> due;
    while (!stop.stop_requested()) {
        const auto wait = due.empty() ? kPollWait : std::chrono::milliseconds(0);
        const auto records = consumer.Poll(wait, options_.batch_max);
        if (!records.empty() && !Consume(connection, inbox, std::span(records))) return;
        const bool has_released = !due.empty();
        if (has_released && !Consume(connection, inbox, std::span<const RecordPlace>(due))) return;
        const bool is_time = std::chrono::steady_clock::now() >= note_at;
        if (has_released || is_time) due = inbox.FindDue(connection, kReleaseMax);
        if (!is_time) continue;
        if (!Note(connection, inbox, consumer)) return;
        note_at = std::chrono::steady_clock::now() + kNoteEvery;
    }
}

bool ConsumerThread::Note(postgres::Connection& connection, Inbox& inbox,
                          const kafka::Consumer& consumer) {
    // By the database's clock: every process that reads the figures has that one in common.
    const Time asked_at = connection.Run("SELECT clock_timestamp()").Time(0, 0);
    const kafka::Offsets ends = consumer.QueryLogEnds();
    if (!inbox.NoteProgress(connection, ends, asked_at)) return false;
    if (!ends.empty()) outage_.Over();
    lag_.Set(static_cast<double>(SumOfLags(ends, inbox.NextOffsets())));
    if (const auto now = std::chrono::steady_clock::now(); now >= count_parked_at_) {
        parked_now_.Set(static_cast<double>(inbox.CountParked(connection)));
        count_parked_at_ = now + kCountParkedEvery;
    }
    context_.on_commit();
    return true;
}

template <typename Item>
bool ConsumerThread::Consume(postgres::Connection& connection, Inbox& inbox,
                             std::span<const Item> batch) {
    for (int run = 1;; ++run) {
        try {
            return Apply(connection, inbox, batch, *make_projection_());
        } catch (const postgres::SqlError& error) {
            if (run < error.RunsMax(batch.size())) continue;
            if (!IsPoison(error)) throw;
            context_.logger.Warning("events_refused",
                                    {{"topic", options_.topic}, {"detail", error.what()}});
            if (batch.size() > 1) return ConsumeHalves(connection, inbox, batch);
            Refusal refusal(error.what());
            return Apply(connection, inbox, batch, refusal);
        }
    }
}

// Nobody knows yet which record is to blame: in halves, and halves of halves, only that one is
// parked.
template <typename Item>
bool ConsumerThread::ConsumeHalves(postgres::Connection& connection, Inbox& inbox,
                                   std::span<const Item> batch) {
    const std::size_t half = batch.size() / 2;
    return Consume(connection, inbox, batch.first(half)) &&
           Consume(connection, inbox, batch.subspan(half));
}

bool ConsumerThread::Apply(postgres::Connection& connection, Inbox& inbox,
                           std::span<const kafka::Record> records, Projection& projection) {
    WithFailpoint written(projection, context_.failpoints, "before_consume");
    const std::optional<Consumed> consumed = inbox.Consume(connection, records, written);
    if (!IsOurs(consumed)) return false;
    context_.failpoints.Hit("after_consume");
    Count(*consumed);
    LogEach(records);
    context_.on_commit();
    return true;
}

bool ConsumerThread::Apply(postgres::Connection& connection, Inbox& inbox,
                           std::span<const RecordPlace> places, Projection& projection) {
    WithFailpoint written(projection, context_.failpoints, "before_release");
    const std::optional<Consumed> released = inbox.Release(connection, places, written);
    if (!IsOurs(released)) return false;
    context_.failpoints.Hit("after_release");
    CountReleased(*released);
    context_.on_commit();
    return true;
}

bool ConsumerThread::IsOurs(const std::optional<Consumed>& consumed) const {
    if (!consumed) context_.logger.Warning("consumer_fenced", {{"topic", options_.topic}});
    return consumed.has_value();
}

void ConsumerThread::Count(const Consumed& consumed) {
    applied_.Increment(static_cast<double>(consumed.applied));
    copies_.Increment(static_cast<double>(consumed.copies));
    parked_.Increment(static_cast<double>(consumed.parked));
    if (consumed.parked == 0) return;
    count_parked_at_ = {};
    context_.logger.Error("events_parked",
                          {{"topic", options_.topic}, {"count", std::to_string(consumed.parked)}});
}

void ConsumerThread::CountReleased(const Consumed& released) {
    count_parked_at_ = {};
    released_.Increment(static_cast<double>(released.applied));
    copies_.Increment(static_cast<double>(released.copies));
    dropped_.Increment(static_cast<double>(released.dropped));
    context_.logger.Info("events_released", {{"topic", options_.topic},
                                             {"applied", std::to_string(released.applied)},
                                             {"dropped", std::to_string(released.dropped)},
                                             {"still_parked", std::to_string(released.parked)}});
}

/// The last step of a trace that began with somebody's call.
void ConsumerThread::LogEach(std::span<const kafka::Record> records) const {
    if (!context_.logger.IsEnabled(LogLevel::kDebug)) return;
    for (const kafka::Record& record : records) {
        const std::array<LogField, 3> fields{
            {{"topic", options_.topic},
             {"ce_id", std::string(record.Header("ce_id"))},
             {"traceparent", std::string(record.Header("traceparent"))}}};
        context_.logger.Write(LogLevel::kDebug, "event_consumed", fields);
    }
}

}  // namespace bangkit::messaging
