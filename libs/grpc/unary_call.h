#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "libs/base/result.h"
#include "libs/grpc/call.h"
#include "libs/grpc/call_report.h"
#include "libs/grpc/running_calls.h"

namespace bangkit::rpc {

/// A unary call that waits for its answer. The first answer counts, from whichever thread; if all
/// that hold the call let it go without one, the client is told INTERNAL.
template <typename Response>
class UnaryCall : public std::enable_shared_from_this<UnaryCall<Response>> {
public:
    UnaryCall(grpc::ServerUnaryReactor* reactor, Response* response, CallReport report,
              RunningCalls::Ticket ticket)
        : ticket_(std::move(ticket)),
          reactor_(reactor),
          response_(response),
          report_(std::move(report)) {}
    UnaryCall(const UnaryCall&) = delete;
    ~UnaryCall() {
        Answer(Refused(ErrorCode::kInternal, "INTERNAL", "the call was left without an answer"));
    }

    /// For clients that set no deadline: ends the call by itself when the time is up. At most once,
    /// before anybody else can answer.
    void EndAfter(std::chrono::milliseconds limit) {
        alarm_.emplace();
        alarm_->Set(std::chrono::system_clock::now() + limit,
                    [weak = this->weak_from_this()](bool is_time) {
                        const auto call = is_time ? weak.lock() : nullptr;
                        if (call) {
                            call->Answer(Refused(ErrorCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                                                 "the default deadline has passed"));
                        }
                    });
    }

    void Answer(Result<Response> result) {
        if (answered_.exchange(true)) return;
        if (result) {
            *response_ = *std::move(result);
            report_.Succeeded();
            reactor_->Finish(grpc::Status::OK);
        } else {
            report_.Failed(result.error());
            reactor_->Finish(ToStatus(result.error()));
        }
    }

    bool IsAnswered() const { return answered_; }

private:
    const RunningCalls::Ticket ticket_;        // Given back last.
    grpc::ServerUnaryReactor* const reactor_;  // Both live until Finish().
    Response* const response_;
    const CallReport report_;
    std::atomic<bool> answered_ = false;
    std::optional<grpc::Alarm> alarm_;
};

/// How a handler answers a unary call later. Copies answer the same call. The handler and what it
/// stands on are there as long as a copy is.
template <typename Response>
class Reply {
public:
    explicit Reply(std::shared_ptr<UnaryCall<Response>> call) : call_(std::move(call)) {}
    void operator()(Result<Response> result) const { call_->Answer(std::move(result)); }
    /// True if the time was up already: nobody waits any more.
    bool IsAnswered() const { return call_->IsAnswered(); }

private:
    std::shared_ptr<UnaryCall<Response>> call_;
};

}  // namespace bangkit::rpc
