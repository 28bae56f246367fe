#include "libs/postgres/watch.h"

#include <chrono>
#include <exception>
#include <utility>

#include "libs/base/outage.h"
#include "libs/base/wake.h"
#include "libs/postgres/connection.h"

namespace bangkit::postgres {
namespace {

constexpr std::chrono::milliseconds kAskEvery{500};

}  // namespace

Watch::Watch(std::string dsn, Logger& logger, std::function<void(bool is_up)> on_change)
    : dsn_(std::move(dsn)),
      logger_(logger),
      on_change_(std::move(on_change)),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

std::optional<std::string> Watch::WhyNotReady() const {
    const std::lock_guard lock(mutex_);
    return why_not_;
}

void Watch::Run(const std::stop_token& stop) {
    std::optional<Connection> connection;
    Outage outage(logger_, "database");
    Wake pause;  // Nobody rings it.
    while (!stop.stop_requested()) {
        try {
            if (!connection) connection.emplace(dsn_, kPromptly);
            connection->Run("SELECT 1");
            outage.Over();
            Note(std::nullopt);
        } catch (const std::exception& failure) {
            connection.reset();
            outage.Met(failure.what());
            Note(failure.what());
        }
        pause.WaitFor(kAskEvery, stop);
    }
}

void Watch::Note(std::optional<std::string> why_not) {
    const bool is_up = !why_not;
    {
        const std::lock_guard lock(mutex_);
        const bool was_up = !std::exchange(why_not_, std::move(why_not));
        if (was_up == is_up) return;
    }
    on_change_(is_up);
}

}  // namespace bangkit::postgres
