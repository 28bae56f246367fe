#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <cstdint>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/logger.h"
#include "libs/base/outage.h"
#include "libs/postgres/connection.h"
#include "libs/timers/lease.h"
#include "libs/timers/timer.h"

namespace bangkit::timers {

/// Of one timer.
struct TimerMetrics {
    TimerMetrics(prometheus::Registry& registry, const std::string& name);
    prometheus::Counter& fired;
    prometheus::Counter& refused;
    prometheus::Gauge& lag;
};

/// How far a look at what is due has come: all that is due is looked at in the order of time, page
/// by page, and then again from the beginning. What cannot be fired holds up nothing behind it.
class Sweep {
public:
    /// `timer` must outlive it.
    Sweep(const Timer& timer, Logger& logger, prometheus::Registry& metrics);

    /// Sets the lag by what has been due for longest, and fires nothing.
    void Look(postgres::Connection& connection);
    /// Fires the next page. True if there may be more.
    bool Turn(postgres::Connection& connection, std::int64_t page);

private:
    std::vector<Due> Find(postgres::Connection& connection, std::int64_t limit);

    const Timer& timer_;
    const std::string sql_;
    Outage outage_;
    TimerMetrics metrics_;
    Due last_;                  // Of the page before.
    bool was_refused_ = false;  // Something since the beginning.
};

struct TimerOptions {
    std::string dsn;
    std::int64_t page = 256;  // So many are fired together.
    std::chrono::milliseconds every{500};
};

/// Fires what is due: each once, in the order of time, whatever processes die, freeze or have wrong
/// clocks, and however long none of them ran. Any number of processes may have one; one of them at
/// a time looks, and another one within seconds if it is gone.
class TimerThread {
public:
    TimerThread(TimerOptions options, std::vector<Timer> timers, Logger& logger,
                prometheus::Registry& metrics);

private:
    void Run(const std::stop_token& stop);
    void RunUntilFailure(const std::stop_token& stop);
    void ReleaseLease();

    const TimerOptions options_;
    const std::vector<Timer> timers_;
    Logger& logger_;
    Outage outage_;
    Lease lease_;
    std::vector<Sweep> sweeps_;
    std::jthread thread_;
};

}  // namespace bangkit::timers
