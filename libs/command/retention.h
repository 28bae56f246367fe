#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <thread>

#include "libs/base/logger.h"

namespace bangkit::command {

/// Removes stored replies once they are older than `retention`, in small batches that disturb
/// nobody. Clients may repeat a request id for that long.
class RetentionSweeper {
public:
    RetentionSweeper(std::string dsn, std::chrono::hours retention, Logger& logger);

private:
    void Run(const std::stop_token& stop);
    void Sweep(const std::stop_token& stop) const;

    const std::string dsn_;
    const std::chrono::hours retention_;
    Logger& logger_;
    std::jthread thread_;
};

}  // namespace bangkit::command
