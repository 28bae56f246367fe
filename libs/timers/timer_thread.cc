#include "libs/timers/timer_thread.h"

#include <exception>
#include <latch>
#include <memory>
#include <mutex>
#include <utility>

#include "libs/base/ids.h"
#include "libs/base/wake.h"
#include "libs/telemetry/metrics.h"

namespace bangkit::timers {
namespace {

using postgres::Connection;

/// Before all rows: nothing was due in 1970.
Due Beginning() { return {.id = "00000000-0000-0000-0000-000000000000", .due_at = Time()}; }

/// What came of a page. Whoever answers last may still hold it when the waiting is over.
struct Answers {
    explicit Answers(std::size_t count) : waiting(static_cast<std::ptrdiff_t>(count)) {}

    void Take(const command::Outcome& outcome) {
        {
            const std::lock_guard lock(mutex);
            if (outcome) {
                ++fired;
            } else if (outcome.error().code == ErrorCode::kUnavailable ||
                       outcome.error().code == ErrorCode::kResourceExhausted) {
                ++undecided;
            } else if (outcome.error().code != ErrorCode::kAborted) {  // Else another was first.
                ++refused;
                reason = outcome.error().reason;
            }
        }
        waiting.count_down();
    }

    std::latch waiting;
    std::mutex mutex;
    std::int64_t fired = 0, refused = 0, undecided = 0;
    std::string reason;  // Of a refusal.
};

}  // namespace

TimerMetrics::TimerMetrics(prometheus::Registry& registry, const std::string& name)
    : fired(telemetry::AddCounter(registry, "bangkit_timer_fired_total",
                                  "Deadlines on which this process has acted", {{"timer", name}})),
      refused(telemetry::AddCounter(registry, "bangkit_timer_refused_total",
                                    "Times that a deadline could not be acted on",
                                    {{"timer", name}})),
      lag(telemetry::AddGauge(registry, "bangkit_timer_lag_seconds",
                              "For how long the oldest deadline has been over that nobody has "
                              "acted on",
                              {{"timer", name}})) {}

Sweep::Sweep(const Timer& timer, Logger& logger, prometheus::Registry& metrics)
    : timer_(timer),
      sql_("SELECT id, version, region_code, due_at, now() FROM (" + timer.find +
           ") AS due (id, version, region_code, due_at) ORDER BY due_at, id"),
      outage_(logger, "timer_" + timer.name),
      metrics_(metrics, timer.name),
      last_(Beginning()) {}

std::vector<Due> Sweep::Find(Connection& connection, std::int64_t limit) {
    const auto last_id = postgres::UuidBytes(last_.id);
    const postgres::Rows rows =
        connection.Run(sql_, {postgres::Int64(postgres::ToMicros(last_.due_at)),
                              postgres::View(last_id), postgres::Int64(limit)});
    std::vector<Due> found;
    for (int i = 0; i < rows.size(); ++i) {
        found.push_back({.id = rows.Uuid(i, 0),
                         .version = rows.Int64(i, 1),
                         .region_code = rows.Text(i, 2),
                         .due_at = rows.Time(i, 3),
                         .now = rows.Time(i, 4)});
    }
    // Of those before this page none is left, unless one was refused.
    const bool begins_with_oldest = last_.due_at == Beginning().due_at || !was_refused_;
    if (begins_with_oldest) {
        const auto lag = found.empty() ? Time::duration(0) : found[0].now - found[0].due_at;
        metrics_.lag.Set(std::chrono::duration<double>(lag).count());
    }
    return found;
}

void Sweep::Look(Connection& connection) {
    last_ = Beginning();
    Find(connection, 1);
}

bool Sweep::Turn(Connection& connection, std::int64_t page) {
    const std::vector<Due> found = Find(connection, page);
    const auto answers = std::make_shared<Answers>(found.size());
    for (const Due& due : found) {
        timer_.fire(due, [answers](const command::Outcome& outcome) { answers->Take(outcome); });
    }
    answers->waiting.wait();
    metrics_.fired.Increment(static_cast<double>(answers->fired));
    metrics_.refused.Increment(static_cast<double>(answers->refused));
    if (answers->refused > 0) {
        outage_.Met(answers->reason);
        was_refused_ = true;
    }
    if (std::ssize(found) == page && answers->undecided == 0) {
        last_ = found.back();
        return true;
    }
    if (!was_refused_) outage_.Over();
    was_refused_ = false;
    last_ = Beginning();
    return false;
}

TimerThread::TimerThread(TimerOptions options, std::vector<Timer> timers, Logger& logger,
                         prometheus::Registry& metrics)
    : options_(std::move(options)),
      timers_(std::move(timers)),
      logger_(logger),
      outage_(logger, "timers"),
      lease_(NewId(SystemClock().Now())),
      sweeps_([&] {
          std::vector<Sweep> sweeps;
          for (const Timer& timer : timers_) sweeps.emplace_back(timer, logger, metrics);
          return sweeps;
      }()),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

void TimerThread::Run(const std::stop_token& stop) {
    Wake pause;  // Nobody rings it.
    while (!stop.stop_requested()) {
        try {
            RunUntilFailure(stop);
        } catch (const std::exception& failure) {
            outage_.Met(failure.what());
            pause.WaitFor(options_.every, stop);
        }
    }
    ReleaseLease();
}

void TimerThread::RunUntilFailure(const std::stop_token& stop) {
    Connection connection(options_.dsn, postgres::kPatiently);
    // It sees every row, and never reads a table to find the few that are due. All that it writes
    // is the lease: one that a crash undoes is taken again.
    connection.RunScript(
        "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan;"
        "SET bangkit.regions = '*'; SET synchronous_commit = off");
    Wake pause;  // Nobody rings it.
    while (!stop.stop_requested()) {
        bool has_more = false;
        for (Sweep& sweep : sweeps_) {
            if (!lease_.Acquire(connection)) {
                sweep.Look(connection);
            } else if (sweep.Turn(connection, options_.page)) {
                has_more = true;
            }
        }
        outage_.Over();
        if (!has_more) pause.WaitFor(options_.every, stop);
    }
}

void TimerThread::ReleaseLease() {
    try {
        Connection connection(options_.dsn, postgres::kPromptly);
        lease_.Release(connection);
    } catch (const std::exception& failure) {
        logger_.Warning("timer_lease_left_to_expire", {{"detail", failure.what()}});
    }
}

}  // namespace bangkit::timers
