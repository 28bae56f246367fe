#include "libs/grpc/call_report.h"

#include <array>
#include <utility>

#include "libs/status/status.h"
#include "libs/telemetry/metrics.h"

namespace bangkit::rpc {
namespace {

constexpr int kCodes = 17;  // Of google.rpc.Code.

LogLevel LevelOf(std::string_view code) {
    if (code == "OK") return LogLevel::kDebug;
    return code == "INTERNAL" ? LogLevel::kError : LogLevel::kInfo;
}

bool IsDenial(std::string_view code) {
    return code == "UNAUTHENTICATED" || code == "PERMISSION_DENIED" || code == "NOT_FOUND";
}

}  // namespace

CallReporter::CallReporter(const std::vector<std::string_view>& methods, Logger& logger,
                           prometheus::Registry& registry, OnDenied on_denied)
    : logger_(logger), on_denied_(std::move(on_denied)) {
    for (const std::string_view name : methods) {
        Method& method = methods_[std::string(name)];
        for (int code = 0; code < kCodes; ++code) {
            const std::string code_name(status::NameOf(code));
            method.calls_by_code[code_name] = &telemetry::AddCounter(
                registry, "bangkit_rpc_calls_total", "Calls that ended, by method and status.",
                {{"method", std::string(name)}, {"code", code_name}});
        }
        method.seconds = &telemetry::AddHistogram(registry, "bangkit_rpc_call_seconds",
                                                  "Time from the start of a call to its answer.",
                                                  {{"method", std::string(name)}});
    }
}

void CallReporter::Report(const CallEnd& end) const {
    if (const auto method = methods_.find(end.method); method != methods_.end()) {
        const auto calls = method->second.calls_by_code.find(end.code);
        if (calls != method->second.calls_by_code.end()) calls->second->Increment();
        method->second.seconds->Observe(std::chrono::duration<double>(end.took).count());
    }
    if (on_denied_ && IsDenial(end.code)) on_denied_(end);
    if (logger_.IsEnabled(LevelOf(end.code))) Log(end);
}

void CallReporter::Log(const CallEnd& end) const {
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(end.took).count();
    const std::array<LogField, 6> fields = {{{"method", std::string(end.method)},
                                             {"code", std::string(end.code)},
                                             {"reason", std::string(end.reason)},
                                             {"micros", std::to_string(micros)},
                                             {"subject", std::string(end.subject)},
                                             {"traceparent", std::string(end.traceparent)}}};
    logger_.Write(LevelOf(end.code), "rpc_call", fields);
}

void CallReport::Failed(const Error& error) const {
    End(status::NameOf(status::ToNumber(error.code)), error.reason);
}

void CallReport::End(std::string_view code, std::string_view reason) const {
    reporter_->Report({.method = method_,
                       .code = code,
                       .reason = reason,
                       .subject = subject_,
                       .traceparent = traceparent_,
                       .took = std::chrono::steady_clock::now() - started_});
}

}  // namespace bangkit::rpc
