#include "libs/command/retention.h"

#include <chrono>
#include <exception>
#include <utility>

#include "libs/base/wake.h"

namespace bangkit::command {
namespace {

constexpr std::chrono::minutes kEvery{1};
constexpr std::chrono::milliseconds kBetweenBatches{50};
constexpr std::int64_t kBatch = 1'000;

}  // namespace

RetentionSweeper::RetentionSweeper(std::string dsn, RemoveOld remove_old, Logger& logger)
    : dsn_(std::move(dsn)),
      remove_old_(std::move(remove_old)),
      logger_(logger),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

void RetentionSweeper::Run(const std::stop_token& stop) {
    Wake pause;  // Nobody rings it.
    while (!stop.stop_requested()) {
        try {
            Sweep(stop);
        } catch (const std::exception& failure) {
            logger_.Warning("retention_sweep_failed", {{"detail", failure.what()}});
        }
        pause.WaitFor(kEvery, stop);
    }
}

void RetentionSweeper::Sweep(const std::stop_token& stop) const {
    postgres::Connection connection(dsn_, postgres::kPatiently);
    Wake pause;
    while (!stop.stop_requested() && remove_old_(connection, kBatch) == kBatch) {
        pause.WaitFor(kBetweenBatches, stop);
    }
}

}  // namespace bangkit::command
