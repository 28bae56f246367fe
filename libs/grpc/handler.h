#pragma once

#include <grpcpp/support/server_callback.h>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "libs/base/logger.h"
#include "libs/base/thread_pool.h"
#include "libs/grpc/call.h"
#include "libs/grpc/call_report.h"
#include "libs/grpc/line_reactor.h"
#include "libs/grpc/running_calls.h"
#include "libs/grpc/unary_call.h"

namespace bangkit::rpc {

/// What the handlers of a service share. A handler is one statement:
///
///     grpc::ServerUnaryReactor* GetBusiness(grpc::CallbackServerContext* context,
///                                           const GetBusinessRequest* request,
///                                           GetBusinessResponse* response) override {
///         return calls_.Read(context, kGetBusiness, request, response,
///                            [this](const Call& call, const GetBusinessRequest& wanted) {
///                                return Find(call, wanted);
///                            });
///     }
///
/// Each call passes the gate first and is counted and logged when it ends. Exceptions become
/// INTERNAL with the trace id as the only clue; the log has the rest.
class Calls {
public:
    /// What clients are told about an exception of the infrastructure (DATABASE_UNREACHABLE);
    /// nullopt: INTERNAL.
    using Explain = std::function<std::optional<Error>(const std::exception&)>;

    /// All must outlive the server; `pool` also runs what lines of streams wake up. Every service
    /// keeps a record of what it denies: see libs/denials.
    Calls(const Gate& gate, ThreadPool& pool, Logger& logger, prometheus::Registry& registry,
          Explain explain = {}, OnDenied on_denied = {});

    /// For calls that are answered later: `body(const Call&, Reply<Response>)` must not block.
    /// The request is valid only while it runs. Without a deadline of the client, the call ends
    /// with DEADLINE_EXCEEDED after the gate's default.
    template <typename Response, typename Body>
    grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context, std::string_view method,
                                    Response* response, Body body) const;

    /// For calls that block (SQL): `Result<Response> body(const Call&, const Request&)` runs in
    /// the pool. RESOURCE_EXHAUSTED with reason QUEUE_FULL if the pool has no room.
    template <typename Request, typename Response, typename Body>
    grpc::ServerUnaryReactor* Read(grpc::CallbackServerContext* context, std::string_view method,
                                   const Request* request, Response* response, Body body) const;

    /// The same for a call that waits for its answer already: `Result<Response> body()`.
    template <typename Response, typename Body>
    void ReadInPool(const Call& call, std::string_view method, const Reply<Response>& reply,
                    Body body) const;

    /// For streams of lines: `make_source(const Call&)` gives a std::unique_ptr<LineSource>.
    template <typename Request, typename Response, typename MakeSource>
    grpc::ServerBidiReactor<Request, Response>* Stream(grpc::CallbackServerContext* context,
                                                       std::string_view method,
                                                       MakeSource make_source) const;

    /// Waits until nothing runs for any unary call and gRPC is done with every stream: for the
    /// server, when its calls are over. Lines of streams may go on, which use nothing of either.
    void AwaitEnd() { running_.AwaitEnd(); }

private:
    Result<Call> Begin(const grpc::CallbackServerContext& context, CallKind kind,
                       CallReport& report) const;
    /// The exception that is being handled, as the client may see it.
    Error Explained(std::string_view method, std::string_view traceparent) const;

    const Gate& gate_;
    ThreadPool& pool_;
    Logger& logger_;
    const CallReporter reporter_;
    const Explain explain_;
    RunningCalls running_;
};

template <typename Response, typename Body>
grpc::ServerUnaryReactor* Calls::Unary(grpc::CallbackServerContext* context,
                                       std::string_view method, Response* response,
                                       Body body) const {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    CallReport report(reporter_, method);
    const Result<Call> call = Begin(*context, CallKind::kUnary, report);
    const bool is_endless = context->deadline() == Time::max();
    const auto waiting =
        std::make_shared<UnaryCall<Response>>(reactor, response, report, running_.Begin());
    if (!call) {
        waiting->Answer(std::unexpected(call.error()));
        return reactor;
    }
    if (is_endless) waiting->EndAfter(gate_.default_deadline());
    try {
        body(*call, Reply<Response>(waiting));
    } catch (...) {
        waiting->Answer(std::unexpected(Explained(method, call->traceparent)));
    }
    return reactor;
}

template <typename Request, typename Response, typename Body>
grpc::ServerUnaryReactor* Calls::Read(grpc::CallbackServerContext* context, std::string_view method,
                                      const Request* request, Response* response, Body body) const {
    return Unary(context, method, response, [&](const Call& call, const Reply<Response>& reply) {
        // The request is copied: a deadline may end the call while the body still reads it.
        ReadInPool(call, method, reply, [call, wanted = *request, body = std::move(body)] {
            return body(call, wanted);
        });
    });
}

template <typename Response, typename Body>
void Calls::ReadInPool(const Call& call, std::string_view method, const Reply<Response>& reply,
                       Body body) const {
    ThreadPool::Task task = [this, reply, method, traceparent = call.traceparent,
                             body = std::move(body)] {
        if (reply.IsAnswered()) return;
        try {
            reply(body());
        } catch (...) {
            reply(std::unexpected(Explained(method, traceparent)));
        }
    };
    if (!pool_.TryRun(task)) {
        reply(Refused(ErrorCode::kResourceExhausted, "QUEUE_FULL", "too many reads wait"));
    }
}

template <typename Request, typename Response, typename MakeSource>
grpc::ServerBidiReactor<Request, Response>* Calls::Stream(grpc::CallbackServerContext* context,
                                                          std::string_view method,
                                                          MakeSource make_source) const {
    CallReport report(reporter_, method);
    const Result<Call> call = Begin(*context, CallKind::kStream, report);
    using Reactor = LineReactor<Request, Response>;
    if (!call) return Reactor::Refuse(report, call.error(), running_.Begin());
    try {
        return Reactor::Start(
            make_source(*call), pool_, report,
            [this, method, traceparent = call->traceparent] {
                return Explained(method, traceparent);
            },
            running_.Begin());
    } catch (...) {
        return Reactor::Refuse(report, Explained(method, call->traceparent), running_.Begin());
    }
}

}  // namespace bangkit::rpc
