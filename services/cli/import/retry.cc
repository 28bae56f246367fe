#include "services/cli/import/retry.h"

#include <algorithm>
#include <string_view>
#include <thread>

namespace bangkit::cli {
namespace {

// They are answered as something that is full, and stay so.
constexpr std::string_view kHopeless[] = {"FILE_TOO_LARGE", "TOO_MANY_IMPORTS"};

}  // namespace

void Retry::Advanced() {
    advanced_at_ = SteadyClock::now();
    pause_ = kPauseMin;
    has_said_so_ = false;
}

void Retry::Failed(const Error& error) {
    const CallFailed failed(error);
    const bool is_hopeless = std::ranges::find(kHopeless, error.reason) != std::end(kHopeless) ||
                             SteadyClock::now() - advanced_at_ > limit_;
    // A server that is stopped cancels its calls.
    if ((!failed.IsOutage() && error.reason != "CANCELLED") || is_hopeless) throw CallFailed(error);
    if (!has_said_so_)
        line_.Say("interrupted (" + error.reason + "); going on as soon as possible");
    has_said_so_ = true;
    std::this_thread::sleep_for(pause_);
    pause_ = std::min(pause_ * 2, kPauseMax);
}

}  // namespace bangkit::cli
