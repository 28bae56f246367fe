#pragma once

#include <chrono>

#include "libs/base/result.h"
#include "services/cli/failure.h"
#include "services/cli/progress.h"

namespace bangkit::cli {

/// How long to go on when something is away.
class Retry {
public:
    Retry(std::chrono::seconds limit, ProgressLine& line) : limit_(limit), line_(line) {}

    /// Something has got further: the time counts from now.
    void Advanced();
    /// Says so and waits a little, longer each time. Throws CallFailed if the call cannot succeed
    /// later, or nothing has got further for too long.
    void Failed(const Error& error);

    /// What `call()` returns, called again for as long as something is away.
    template <typename Call>
    auto Until(Call call) {
        for (;;) {
            try {
                auto result = call();
                Advanced();
                return result;
            } catch (const CallFailed& failed) {
                Failed(failed.error());
            }
        }
    }

private:
    using SteadyClock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds kPauseMin{200};
    static constexpr std::chrono::milliseconds kPauseMax{5'000};

    const std::chrono::seconds limit_;
    ProgressLine& line_;
    SteadyClock::time_point advanced_at_ = SteadyClock::now();
    std::chrono::milliseconds pause_ = kPauseMin;
    bool has_said_so_ = false;
};

}  // namespace bangkit::cli
