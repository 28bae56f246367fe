#pragma once

#include <string>
#include <utility>

#include "libs/base/logger.h"

namespace bangkit {

/// Tells the log of an outage when it begins, when its cause changes and when it is over, however
/// often it is met meanwhile. For one thread.
class Outage {
public:
    /// Events are called `<what>_failed` and `<what>_recovered`.
    Outage(Logger& logger, std::string what) : logger_(logger), what_(std::move(what)) {}

    void Met(const std::string& cause) {
        if (std::exchange(cause_, cause) == cause) return;
        logger_.Warning(what_ + "_failed", {{"detail", cause}});
    }
    void Over() {
        if (std::exchange(cause_, "").empty()) return;
        logger_.Info(what_ + "_recovered");
    }

private:
    Logger& logger_;
    const std::string what_;
    std::string cause_;  // Empty while all is well.
};

}  // namespace bangkit
