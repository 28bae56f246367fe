#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "libs/command/pending_command.h"

namespace bangkit::command {

/// What operators see of a command loop.
class LoopMetrics {
public:
    /// `loop`: a label of all of them; none if it is empty.
    LoopMetrics(prometheus::Registry& registry, const std::string& loop);

    void CountRefusedByFullQueue() { refused_.Increment(); }
    void SetQueued(std::size_t commands) { queued_.Set(static_cast<double>(commands)); }
    void CountOutcome(const std::string& method, const Outcome& outcome);

    /// Measures one transaction, from BEGIN to the answer to COMMIT or to its failure.
    class Timer {
    public:
        Timer(LoopMetrics& metrics, std::size_t commands);
        ~Timer();
        Timer(const Timer&) = delete;
        Timer& operator=(const Timer&) = delete;

    private:
        LoopMetrics& metrics_;
        const std::chrono::steady_clock::time_point start_;
    };

private:
    using ByReason = std::map<std::string, prometheus::Counter*, std::less<>>;

    prometheus::Counter& OutcomesOf(const std::string& method, std::string_view reason);

    prometheus::Registry& registry_;
    std::mutex mutex_;
    std::map<std::string, ByReason, std::less<>> outcomes_;  // The registry itself is slow to ask.
    prometheus::Counter& refused_;
    prometheus::Gauge& queued_;
    prometheus::Histogram& batch_size_;
    prometheus::Histogram& transaction_seconds_;
};

}  // namespace bangkit::command
