#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace bangkit {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

struct LogField {
    std::string_view name;
    std::string value;
};

/// Where a process writes what operators should know. `event` is a stable name ("relay_failed"),
/// all that varies is in the fields. Values never hold personal data; of database errors, only
/// codes and object names are logged.
class Logger {
public:
    virtual ~Logger() = default;

    void Info(std::string_view event, std::initializer_list<LogField> fields = {}) {
        Write(LogLevel::kInfo, event, {fields.begin(), fields.size()});
    }
    void Warning(std::string_view event, std::initializer_list<LogField> fields = {}) {
        Write(LogLevel::kWarning, event, {fields.begin(), fields.size()});
    }
    void Error(std::string_view event, std::initializer_list<LogField> fields = {}) {
        Write(LogLevel::kError, event, {fields.begin(), fields.size()});
    }

    /// False if Write() would drop the line: saves making its fields where that costs.
    virtual bool IsEnabled([[maybe_unused]] LogLevel level) const { return true; }
    virtual void Write(LogLevel level, std::string_view event,
                       std::span<const LogField> fields) = 0;
};

}  // namespace bangkit
