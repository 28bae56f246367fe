#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "libs/base/logger.h"

namespace bangkit::testing {

/// Keeps what was logged for the test to look at, and shows it to nobody else.
class QuietLogger final : public Logger {
public:
    void Write(LogLevel, std::string_view event, std::span<const LogField> fields) override {
        std::string line(event);
        for (const LogField& field : fields)
            line += " " + std::string(field.name) + "=" + field.value;
        const std::lock_guard lock(mutex_);
        lines_.push_back(std::move(line));
    }
    std::vector<std::string> lines() const {
        const std::lock_guard lock(mutex_);
        return lines_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

}  // namespace bangkit::testing
