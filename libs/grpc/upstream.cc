#include "libs/grpc/upstream.h"

#include "libs/telemetry/metrics.h"

namespace bangkit::rpc {
namespace {

prometheus::Counter& CounterOf(prometheus::Registry& metrics, const std::string& name,
                               const char* result) {
    return telemetry::AddCounter(metrics, "bangkit_upstream_calls_total",
                                 "Attempts to ask another service, and those that were spared it.",
                                 {{"upstream", name}, {"result", result}});
}

}  // namespace

Upstream::Upstream(UpstreamOptions options, Logger& logger, prometheus::Registry& metrics,
                   std::function<SteadyTime()> now)
    : options_(std::move(options)),
      now_(std::move(now)),
      answered_(CounterOf(metrics, options_.name, "answered")),
      failed_(CounterOf(metrics, options_.name, "failed")),
      refused_(CounterOf(metrics, options_.name, "refused")),
      retried_(telemetry::AddCounter(metrics, "bangkit_upstream_retries_total",
                                     "Attempts that followed one that failed.",
                                     {{"upstream", options_.name}})),
      up_(telemetry::AddGauge(metrics, "bangkit_upstream_up",
                              "1 while another service may be asked.",
                              {{"upstream", options_.name}})),
      outage_(logger, options_.name),
      budget_(options_.retries_max) {
    up_.Set(1);
}

bool Upstream::Admit() {
    const std::lock_guard lock(mutex_);
    if (!IsShut()) return true;
    if (is_probing_ || now_() < shut_until_) {
        refused_.Increment();
        return false;
    }
    is_probing_ = true;
    return true;
}

void Upstream::Record(AttemptEnd end, const std::string& detail) {
    const std::lock_guard lock(mutex_);
    is_probing_ = false;
    if (end == AttemptEnd::kCutShort) return;
    (end == AttemptEnd::kAnswered ? answered_ : failed_).Increment();
    if (end == AttemptEnd::kAnswered) {
        failures_ = 0;
        budget_ = std::min(budget_ + options_.retries_per_answer, options_.retries_max);
        outage_.Over();
    } else {
        failures_ = std::min(failures_ + 1, options_.failures_max);
        if (IsShut()) {
            shut_until_ = now_() + options_.pause;
            outage_.Met(detail);
        }
    }
    up_.Set(IsShut() ? 0 : 1);
}

bool Upstream::MayRetry() {
    const std::lock_guard lock(mutex_);
    if (IsShut() || budget_ < 1) return false;
    budget_ -= 1;
    retried_.Increment();
    return true;
}

std::unexpected<Error> Upstream::Unreachable() const {
    return Refused(ErrorCode::kUnavailable, options_.reason,
                   "a service that has to be asked does not answer");
}

std::string TokenOf(const grpc::CallbackServerContext& context) {
    constexpr std::string_view kScheme = "Bearer ";
    const auto found = context.client_metadata().find("authorization");
    if (found == context.client_metadata().end()) return "";
    const std::string_view value(found->second.data(), found->second.size());
    return std::string(value.substr(std::min(value.size(), kScheme.size())));
}

bool IsOutage(const grpc::Status& status) {
    switch (status.error_code()) {
        case grpc::StatusCode::UNAVAILABLE:
        case grpc::StatusCode::DEADLINE_EXCEEDED:
        case grpc::StatusCode::RESOURCE_EXHAUSTED:
        case grpc::StatusCode::CANCELLED:  // A server that stops lets go of its calls.
            return true;
        default: return false;
    }
}

}  // namespace bangkit::rpc
