#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

#include "libs/base/logger.h"
#include "libs/postgres/connection.h"

namespace bangkit::command {

/// Removes what is too old, once a minute, in small batches that disturb nobody.
class RetentionSweeper {
public:
    /// Removes up to `limit` rows; returns how many.
    using RemoveOld =
        std::function<std::int64_t(postgres::Connection& connection, std::int64_t limit)>;

    RetentionSweeper(std::string dsn, RemoveOld remove_old, Logger& logger);

private:
    void Run(const std::stop_token& stop);
    void Sweep(const std::stop_token& stop) const;

    const std::string dsn_;
    const RemoveOld remove_old_;
    Logger& logger_;
    std::jthread thread_;
};

}  // namespace bangkit::command
