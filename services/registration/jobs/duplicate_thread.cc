#include "services/registration/jobs/duplicate_thread.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "libs/base/wake.h"

namespace bangkit::registration {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kRestsFor = 19;         // Times as long as it has worked.
constexpr milliseconds kLook{1'000};  // For what is new.

}  // namespace

DuplicateThread::DuplicateThread(std::string dsn, const crypto::KeyRing& keys, Logger& logger,
                                 prometheus::Registry& metrics)
    : searcher_(std::move(dsn), keys, metrics),
      logger_(logger),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

void DuplicateThread::Run(const std::stop_token& stop) {
    Wake wake;
    while (!stop.stop_requested()) {
        milliseconds rest = kLook;
        try {
            const auto start = SteadyClock::now();
            const bool goes_on = searcher_.Turn();
            const auto worked =
                std::chrono::ceil<milliseconds>(kRestsFor * (SteadyClock::now() - start));
            rest = goes_on ? worked : std::max(worked, kLook);
        } catch (const std::exception& failure) {
            logger_.Warning("duplicate_search_interrupted", {{"detail", failure.what()}});
        }
        wake.WaitFor(rest, stop);
    }
}

}  // namespace bangkit::registration
