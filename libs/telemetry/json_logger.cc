#include "libs/telemetry/json_logger.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <utility>

#include "libs/telemetry/json_text.h"
#include "libs/telemetry/traceparent.h"

namespace bangkit::telemetry {
namespace {

spdlog::level::level_enum ToSpdlog(LogLevel level) {
    switch (level) {
        case LogLevel::kDebug: return spdlog::level::debug;
        case LogLevel::kInfo: return spdlog::level::info;
        case LogLevel::kWarning: return spdlog::level::warn;
        case LogLevel::kError: return spdlog::level::err;
    }
    std::unreachable();
}

/// A logger of our own: the library's registry and default logger are global state.
std::unique_ptr<spdlog::logger> MakeLogger(spdlog::sink_ptr sink, LogLevel lowest) {
    auto logger = std::make_unique<spdlog::logger>("", std::move(sink));
    logger->set_pattern(R"({"ts":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l",%v})",
                        spdlog::pattern_time_type::utc);
    logger->set_level(ToSpdlog(lowest));
    logger->flush_on(spdlog::level::trace);
    return logger;
}

std::string JsonString(std::string_view text) {
    std::string json;
    AppendJsonString(json, text);
    return json;
}

void AppendMember(std::string& out, std::string_view name, std::string_view value) {
    out += ',';
    AppendJsonString(out, name);
    out += ':';
    AppendJsonString(out, value);
}

}  // namespace

JsonLogger::JsonLogger(std::string_view service, LogLevel lowest)
    : out_(MakeLogger(std::make_shared<spdlog::sinks::stderr_sink_mt>(), lowest)),
      service_(JsonString(service)) {}

JsonLogger::JsonLogger(std::string_view service, std::ostream& out, LogLevel lowest)
    : out_(MakeLogger(std::make_shared<spdlog::sinks::ostream_sink_mt>(out), lowest)),
      service_(JsonString(service)) {}

JsonLogger::~JsonLogger() = default;

bool JsonLogger::IsEnabled(LogLevel level) const { return out_->should_log(ToSpdlog(level)); }

void JsonLogger::Write(LogLevel level, std::string_view event, std::span<const LogField> fields) {
    if (!IsEnabled(level)) return;
    std::string members = R"("service":)" + service_;
    AppendMember(members, "event", event);
    for (const auto& [name, value] : fields) {
        AppendMember(members, name, value);
        if (name == "traceparent" && IsTraceparent(value)) {
            AppendMember(members, "trace_id", TraceId(value));
        }
    }
    out_->log(ToSpdlog(level), members);
}

}  // namespace bangkit::telemetry
