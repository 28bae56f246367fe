#include "services/registration/jobs/import_thread.h"

#include <exception>
#include <utility>

namespace bangkit::registration {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::seconds kLook{1};  // Jobs of other processes, which may have died.
constexpr std::chrono::seconds kTidyEvery{10};
constexpr std::chrono::milliseconds kPauseAfterFailure{500};

}  // namespace

ImportThread::ImportThread(ImportWorkerOptions options, const ImportWorkerContext& context,
                           Wake& wake)
    : worker_(std::move(options), context),
      logger_(context.logger),
      wake_(wake),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

void ImportThread::Run(const std::stop_token& stop) {
    auto tidy_at = SteadyClock::now();
    while (!stop.stop_requested()) {
        try {
            if (SteadyClock::now() >= tidy_at) {
                worker_.Tidy();
                tidy_at = SteadyClock::now() + kTidyEvery;
            }
            if (!worker_.Turn(stop)) wake_.WaitFor(kLook, stop);
        } catch (const std::exception& failure) {
            logger_.Warning("import_interrupted", {{"detail", failure.what()}});
            wake_.WaitFor(kPauseAfterFailure, stop);
        }
    }
}

}  // namespace bangkit::registration
