#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "libs/base/logger.h"

namespace bangkit::postgres {

/// Knows whether the database answers, and says so at once however it hangs: it is asked twice a
/// second, in a thread and over a connection of its own.
class Watch {
public:
    /// `on_change` is called by that thread: with true once the database has answered for the first
    /// time, with false when it is away, and so on.
    Watch(std::string dsn, Logger& logger, std::function<void(bool is_up)> on_change);

    /// nullopt if the database answers, else words for an operator.
    std::optional<std::string> WhyNotReady() const;

private:
    void Run(const std::stop_token& stop);
    void Note(std::optional<std::string> why_not);

    const std::string dsn_;
    Logger& logger_;
    const std::function<void(bool is_up)> on_change_;
    mutable std::mutex mutex_;
    std::optional<std::string> why_not_ = "the database has not been asked yet";
    std::jthread thread_;
};

}  // namespace bangkit::postgres
