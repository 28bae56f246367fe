#pragma once

#include <functional>
#include <mutex>
#include <stop_token>
#include <string_view>
#include <thread>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/outage.h"
#include "libs/base/result.h"
#include "libs/base/wake.h"
#include "libs/messaging/position.h"
#include "libs/postgres/pool.h"

namespace bangkit::dashboard {

/// Of a token that an answer has given out. POSITION_INVALID if it is none, or one of a topic that
/// the figures are not made of.
Result<messaging::Position> ParseMinPosition(std::string_view token);

/// Keeps callers waiting until the read model includes their own writes, without keeping a thread
/// for each: one thread asks for all of them at once, after every commit of the projector and, as
/// other processes project too, every 20 ms while somebody waits.
class PositionWaiter {
public:
    using Done = std::move_only_function<void(Result<void>)>;

    PositionWaiter(postgres::Pool& pool, const Clock& clock, Logger& logger);
    /// Whoever still waits is answered with kUnavailable.
    ~PositionWaiter();

    /// Never blocks. `done` must not block; it gets kUnavailable with reason POSITION_NOT_REACHED
    /// shortly before `deadline`, or after kWaitMax if that is sooner, and kResourceExhausted
    /// QUEUE_FULL if too many wait.
    void Await(messaging::Position position, Time deadline, Done done);

    /// Something may have been reached.
    void Wake() { wake_.Ring(); }

    static constexpr std::chrono::seconds kWaitMax{5};
    /// So long before the deadline, so that the caller still hears why.
    static constexpr std::chrono::milliseconds kAnswerBefore{50};

private:
    struct Waiter {
        messaging::Position position;
        Time deadline;
        Done done;
    };

    void Run(const std::stop_token& stop);
    void AnswerReached(std::vector<Waiter>& waiters);
    void AnswerExpired(std::vector<Waiter>& waiters) const;
    std::vector<std::size_t> FindReachedOnes(const std::vector<Waiter>& waiters);

    postgres::Pool& pool_;
    const Clock& clock_;
    Outage outage_;  // Of the thread alone.
    bangkit::Wake wake_;
    std::mutex mutex_;
    std::vector<Waiter> newcomers_;
    std::size_t waiting_ = 0;  // Newcomers and those that the thread holds.
    std::jthread thread_;
};

}  // namespace bangkit::dashboard
