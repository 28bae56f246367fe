#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "libs/postgres/connection.h"

namespace bangkit::timers {

/// Whose turn it is to look for what is due: one process at a time, by the database's clock. It
/// saves work, and keeps the order of time; nothing is fired twice without it.
class Lease {
public:
    explicit Lease(std::string holder) : holder_(std::move(holder)) {}

    /// True if it was free, has run out, or is ours, which prolongs it. Call it often.
    bool Acquire(postgres::Connection& connection);
    /// So that the next process need not wait for its end.
    void Release(postgres::Connection& connection);

private:
    using SteadyClock = std::chrono::steady_clock;

    const std::string holder_;                                           // A UUID.
    SteadyClock::time_point renew_at_ = SteadyClock::time_point::min();  // While it is ours.
};

}  // namespace bangkit::timers
