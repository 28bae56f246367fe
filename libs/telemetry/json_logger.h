#pragma once

#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "libs/base/logger.h"

namespace spdlog {
class logger;
}

namespace bangkit::telemetry {

/// One JSON object per line: ts (UTC, microseconds), level, service, event, then the fields in
/// their order, all as strings. A field "traceparent" also gives "trace_id". Any bytes make valid
/// JSON: what is no UTF-8 becomes U+FFFD. Threads may share it; a write that fails never throws
/// into the caller.
class JsonLogger final : public Logger {
public:
    /// Writes to standard error.
    explicit JsonLogger(std::string_view service, LogLevel lowest = LogLevel::kInfo);
    /// Writes to `out`, which must outlive the logger.
    JsonLogger(std::string_view service, std::ostream& out, LogLevel lowest = LogLevel::kInfo);
    ~JsonLogger() override;

    bool IsEnabled(LogLevel level) const override;
    void Write(LogLevel level, std::string_view event, std::span<const LogField> fields) override;

private:
    const std::unique_ptr<spdlog::logger> out_;
    const std::string service_;  // As a JSON string.
};

}  // namespace bangkit::telemetry
