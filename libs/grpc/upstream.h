#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/client_context.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "libs/base/clock.h"
#include "libs/base/logger.h"
#include "libs/base/outage.h"
#include "libs/base/result.h"
#include "libs/grpc/client.h"

namespace bangkit::rpc {

struct UpstreamOptions {
    std::string name;                          // "registration": in the log and in metrics.
    std::string reason;                        // Of refusals: "REGISTRATION_UNREACHABLE".
    std::chrono::milliseconds timeout{1'000};  // Of one attempt.
    int failures_max = 5;                      // In a row; then nobody asks any more,
    std::chrono::milliseconds pause{1'000};    // for as long; then one call does, before others.
    double retries_per_answer = 0.1;           // What each answer adds to the budget of retries,
    double retries_max = 10;                   // which begins with as many and never has more.
    std::chrono::milliseconds retry_after{50};
};

/// How an attempt has ended.
enum class AttemptEnd {
    kAnswered,  // Whatever it said.
    kFailed,
    kCutShort,  // The caller did not give it the time that it has; nothing is known.
};

/// Another service, of which calls of this one ask something: never for long, never again and again
/// while it is away, so that its outage costs neither of the two much.
class Upstream {
public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    Upstream(UpstreamOptions options, Logger& logger, prometheus::Registry& metrics,
             std::function<SteadyTime()> now = std::chrono::steady_clock::now);

    /// False while it is away: then nobody may ask. Each true is followed by a Record().
    bool Admit();
    void Record(AttemptEnd end, const std::string& detail);
    /// Whether an attempt that has failed may be followed by another one.
    bool MayRetry();

    std::unexpected<Error> Unreachable() const;
    const UpstreamOptions& options() const { return options_; }

private:
    bool IsShut() const { return failures_ >= options_.failures_max; }

    const UpstreamOptions options_;
    const std::function<SteadyTime()> now_;
    prometheus::Counter& answered_;
    prometheus::Counter& failed_;
    prometheus::Counter& refused_;
    prometheus::Counter& retried_;
    prometheus::Gauge& up_;
    std::mutex mutex_;
    Outage outage_;
    int failures_ = 0;  // In a row.
    SteadyTime shut_until_;
    bool is_probing_ = false;
    double budget_;
};

/// In whose name, in which trace and until when something is asked.
struct AskingCall {
    std::string token;
    std::string traceparent;
    Time deadline;
};

/// The bearer token of a call that has passed the gate.
std::string TokenOf(const grpc::CallbackServerContext& context);

/// True if `status` says that the service was not there for us, rather than something about what
/// was asked.
bool IsOutage(const grpc::Status& status);

/// One question to another service; keeps itself alive until it is answered.
template <typename Response>
class Question : public std::enable_shared_from_this<Question<Response>> {
public:
    using OnStatus = std::function<void(grpc::Status)>;
    using Start = std::function<void(grpc::ClientContext*, Response*, OnStatus)>;
    using Done = std::move_only_function<void(Result<Response>)>;

    Question(Upstream& upstream, AskingCall call, Start start, Done done)
        : upstream_(upstream),
          call_(std::move(call)),
          start_(std::move(start)),
          done_(std::move(done)) {}

    void Ask() {
        if (!upstream_.Admit()) return done_(upstream_.Unreachable());
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            call_.deadline - std::chrono::system_clock::now());
        is_short_ = left < upstream_.options().timeout;
        context_ = std::make_unique<grpc::ClientContext>();
        Prepare(*context_, call_.token, std::min(upstream_.options().timeout, left),
                call_.traceparent);
        start_(
            context_.get(), &response_,
            [self = this->shared_from_this()](const grpc::Status& status) { self->End(status); });
    }

private:
    void End(const grpc::Status& status) {
        const bool is_cut_short =
            is_short_ && status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
        upstream_.Record(is_cut_short       ? AttemptEnd::kCutShort
                         : IsOutage(status) ? AttemptEnd::kFailed
                                            : AttemptEnd::kAnswered,
                         status.error_message());
        if (status.ok()) return done_(std::move(response_));
        if (!IsOutage(status)) return done_(std::unexpected(FromStatus(status)));
        const Time again = std::chrono::system_clock::now() + upstream_.options().retry_after;
        if (again >= call_.deadline || is_cut_short || is_retried_ || !upstream_.MayRetry()) {
            return done_(upstream_.Unreachable());
        }
        is_retried_ = true;
        waiting_ = this->shared_from_this();  // Not in the alarm, which keeps what it is given.
        alarm_.Set(again, [this](bool) { std::exchange(waiting_, nullptr)->Ask(); });
    }

    Upstream& upstream_;
    const AskingCall call_;
    const Start start_;
    Done done_;
    std::unique_ptr<grpc::ClientContext> context_;  // Of the present attempt.
    Response response_;
    bool is_short_ = false;
    bool is_retried_ = false;
    std::shared_ptr<Question> waiting_;
    grpc::Alarm alarm_;
};

/// Asks `upstream`, which outlives the answer, without waiting for it. `start` begins one attempt
/// (a call of a stub's async()), and may do so twice. `done` gets the response, what the service
/// refuses, or UNAVAILABLE with the upstream's reason; from any thread, also within this call.
template <typename Response>
void Ask(Upstream& upstream, AskingCall call, typename Question<Response>::Start start,
         typename Question<Response>::Done done) {
    std::make_shared<Question<Response>>(upstream, std::move(call), std::move(start),
                                         std::move(done))
        ->Ask();
}

}  // namespace bangkit::rpc
