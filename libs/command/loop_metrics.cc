#include "libs/command/loop_metrics.h"

#include <array>

#include "libs/telemetry/metrics.h"

namespace bangkit::command {
namespace {

constexpr std::array kBatchBuckets = {1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0};

prometheus::Labels Of(const std::string& loop) {
    return loop.empty() ? prometheus::Labels() : prometheus::Labels{{"loop", loop}};
}

}  // namespace

LoopMetrics::LoopMetrics(prometheus::Registry& registry, const std::string& loop)
    : registry_(registry),
      refused_(telemetry::AddCounter(registry, "bangkit_commands_queue_full_total",
                                     "Commands refused because the queue was full", Of(loop))),
      queued_(telemetry::AddGauge(registry, "bangkit_commands_queued",
                                  "Commands that wait for a writer", Of(loop))),
      batch_size_(telemetry::AddHistogram(registry, "bangkit_commands_batch_size",
                                          "Commands per transaction", Of(loop), kBatchBuckets)),
      transaction_seconds_(telemetry::AddHistogram(registry, "bangkit_commands_transaction_seconds",
                                                   "From BEGIN to the answer to COMMIT",
                                                   Of(loop))) {}

void LoopMetrics::CountOutcome(const std::string& method, const Outcome& outcome) {
    OutcomesOf(method, outcome ? std::string_view("OK") : outcome.error().reason).Increment();
}

prometheus::Counter& LoopMetrics::OutcomesOf(const std::string& method, std::string_view reason) {
    const std::lock_guard lock(mutex_);
    ByReason& counters = outcomes_[method];
    const auto known = counters.find(reason);
    if (known != counters.end()) return *known->second;
    prometheus::Counter& counter =
        telemetry::AddCounter(registry_, "bangkit_commands_total", "Commands answered, by outcome",
                              {{"method", method}, {"outcome", std::string(reason)}});
    counters.emplace(reason, &counter);
    return counter;
}

LoopMetrics::Timer::Timer(LoopMetrics& metrics, std::size_t commands)
    : metrics_(metrics), start_(std::chrono::steady_clock::now()) {
    metrics_.batch_size_.Observe(static_cast<double>(commands));
}

LoopMetrics::Timer::~Timer() {
    metrics_.transaction_seconds_.Observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count());
}

}  // namespace bangkit::command
