#include "services/dashboard/storage/position_waiter.h"

#include <algorithm>
#include <exception>
#include <ranges>
#include <utility>

#include "services/dashboard/storage/read_model.h"

namespace bangkit::dashboard {
namespace {

constexpr std::size_t kWaitersMax = 8'192;
constexpr std::chrono::milliseconds kCheckEvery{20};
constexpr std::chrono::milliseconds kIdle{60'000};

std::unexpected<Error> NotReached() {
    return Refused(ErrorCode::kUnavailable, "POSITION_NOT_REACHED",
                   "the figures do not include this position yet");
}

}  // namespace

Result<messaging::Position> ParseMinPosition(std::string_view token) {
    Result<messaging::Position> position = messaging::ParsePosition(token);
    if (position && std::ranges::find(kTopics, position->topic) == std::end(kTopics)) {
        return Refused(ErrorCode::kInvalidArgument, "POSITION_INVALID",
                       "no figures are made of this topic");
    }
    return position;
}

PositionWaiter::PositionWaiter(postgres::Pool& pool, const Clock& clock, Logger& logger)
    : pool_(pool),
      clock_(clock),
      outage_(logger, "position_waiter"),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

PositionWaiter::~PositionWaiter() {
    thread_.request_stop();
    thread_.join();
    for (Waiter& waiter : newcomers_) waiter.done(NotReached());
}

void PositionWaiter::Await(messaging::Position position, Time deadline, Done done) {
    Waiter waiter{.position = std::move(position),
                  .deadline = std::min(deadline - kAnswerBefore, clock_.Now() + kWaitMax),
                  .done = std::move(done)};
    {
        const std::lock_guard lock(mutex_);
        if (waiting_ < kWaitersMax) {
            newcomers_.push_back(std::move(waiter));
            ++waiting_;
            wake_.Ring();
            return;
        }
    }
    waiter.done(Refused(ErrorCode::kResourceExhausted, "QUEUE_FULL", "too many reads wait"));
}

void PositionWaiter::Run(const std::stop_token& stop) {
    std::vector<Waiter> waiters;
    while (!stop.stop_requested()) {
        wake_.WaitFor(waiters.empty() ? kIdle : kCheckEvery, stop);
        {
            const std::lock_guard lock(mutex_);
            waiting_ = waiters.size() + newcomers_.size();
            std::ranges::move(newcomers_, std::back_inserter(waiters));
            newcomers_.clear();
        }
        if (waiters.empty()) continue;
        AnswerReached(waiters);
        AnswerExpired(waiters);
    }
    for (Waiter& waiter : waiters) waiter.done(NotReached());
}

void PositionWaiter::AnswerReached(std::vector<Waiter>& waiters) {
    std::vector<std::size_t> reached = FindReachedOnes(waiters);
    std::ranges::sort(reached, std::greater{});
    for (const std::size_t i : reached) {
        waiters[i].done({});
        waiters.erase(waiters.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

void PositionWaiter::AnswerExpired(std::vector<Waiter>& waiters) const {
    const Time now = clock_.Now();
    std::erase_if(waiters, [now](Waiter& waiter) {
        if (now < waiter.deadline) return false;
        waiter.done(NotReached());
        return true;
    });
}

/// None while the database is away: they may go on waiting.
std::vector<std::size_t> PositionWaiter::FindReachedOnes(const std::vector<Waiter>& waiters) {
    std::vector<messaging::Position> positions;
    for (const Waiter& waiter : waiters) positions.push_back(waiter.position);
    try {
        std::vector<std::size_t> reached = pool_.Read(
            [&](postgres::Connection& connection) { return FindReached(connection, positions); });
        outage_.Over();
        return reached;
    } catch (const std::exception& failure) {
        outage_.Met(failure.what());
        return {};
    }
}

}  // namespace bangkit::dashboard
