#include "libs/denials/denial_log.h"

#include <chrono>
#include <exception>
#include <utility>

namespace bangkit::denials {
namespace {

constexpr std::chrono::seconds kBetweenWrites{1};
constexpr std::size_t kWaitingMax = 10'000;  // Rows, while the database is away.

}  // namespace

DenialLog::DenialLog(std::string dsn, const Clock& clock, Logger& logger)
    : dsn_(std::move(dsn)),
      clock_(clock),
      logger_(logger),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

DenialLog::~DenialLog() {
    thread_.request_stop();
    thread_.join();
    Write();
}

void DenialLog::Record(const Denial& denial) {
    Key key{.minute = std::chrono::floor<std::chrono::minutes>(clock_.Now()),
            .actor = std::string(denial.actor),
            .method = std::string(denial.method),
            .reason = std::string(denial.reason)};
    {
        const std::lock_guard lock(mutex_);
        if (key.minute != minute_) named_.clear();
        minute_ = key.minute;
        if (!named_.contains(key)) {
            if (named_.size() < kNamedPerMinute) {
                named_.insert(key);
            } else {
                key.actor.clear();
            }
        }
        if (waiting_.size() >= kWaitingMax && !waiting_.contains(key)) return;
        ++waiting_[std::move(key)];
    }
    wake_.Ring();
}

void DenialLog::Run(const std::stop_token& stop) {
    Wake pause;  // Nobody rings it.
    while (!stop.stop_requested()) {
        wake_.WaitFor(std::chrono::hours(1), stop);
        Write();
        pause.WaitFor(kBetweenWrites, stop);
        if (is_away_) wake_.Ring();
    }
}

void DenialLog::Write() {
    Counts counts;
    {
        const std::lock_guard lock(mutex_);
        counts.swap(waiting_);
    }
    if (counts.empty()) return;
    try {
        if (!connection_) connection_.emplace(dsn_);
        Save(*connection_, counts);
        is_away_ = false;
    } catch (const std::exception& failure) {
        connection_.reset();
        if (!std::exchange(is_away_, true)) {
            logger_.Warning("denials_not_written", {{"detail", failure.what()}});
        }
        const std::lock_guard lock(mutex_);
        for (const auto& [key, calls] : counts) waiting_[key] += calls;
    }
}

void DenialLog::Save(postgres::Connection& connection, const Counts& counts) {
    postgres::TimeArray minutes;
    postgres::TextArray actors, methods, reasons;
    postgres::Int64Array calls;
    for (const auto& [key, count] : counts) {
        minutes.Add(key.minute);
        actors.Add(key.actor);
        methods.Add(key.method);
        reasons.Add(key.reason);
        calls.Add(count);
    }
    connection.Run(
        "INSERT INTO denied_calls AS t (minute, actor, method, reason, calls)"
        " SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[],"
        "                      $5::bigint[])"
        " ON CONFLICT (minute, actor, method, reason)"
        " DO UPDATE SET calls = t.calls + excluded.calls",
        {minutes, actors, methods, reasons, calls});
}

}  // namespace bangkit::denials
