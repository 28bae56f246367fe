#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/server_context.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "libs/base/thread_pool.h"
#include "libs/grpc/call.h"
#include "libs/grpc/call_report.h"
#include "libs/grpc/line_stream.h"

namespace bangkit::rpc {

/// Finishes one unary call: the first answer counts, from whichever thread. Copies are the same
/// reply; when the last one goes without an answer, the client is told INTERNAL.
template <typename Response>
class Reply {
public:
    void operator()(Result<Response> result) const { call_->Answer(std::move(result)); }

private:
    friend class Calls;
    class Running;
    explicit Reply(std::shared_ptr<Running> call) : call_(std::move(call)) {}

    std::shared_ptr<Running> call_;
};

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
    /// What clients are told about an exception of the infrastructure ("DATABASE_UNREACHABLE");
    /// nullopt: INTERNAL.
    using Explain = std::function<std::optional<Error>(const std::exception&)>;

    Calls(const Gate& gate, ThreadPool& pool, Logger& logger, prometheus::Registry& registry,
          Explain explain = {});

    /// For calls that are answered later: `body(const Call&, Reply<Response>)` must not block. The
    /// request is valid only while it runs. Without a deadline of the client, the call ends with
    /// DEADLINE_EXCEEDED after kDefaultDeadline.
    template <typename Response, typename Body>
    grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context, std::string_view method,
                                    Response* response, Body body) const;

    /// For calls that block (SQL): `Result<Response> body(const Call&, const Request&)` runs in
    /// the pool. RESOURCE_EXHAUSTED with reason QUEUE_FULL if the pool has no room.
    template <typename Request, typename Response, typename Body>
    grpc::ServerUnaryReactor* Read(grpc::CallbackServerContext* context, std::string_view method,
                                   const Request* request, Response* response, Body body) const;

    /// For streams of lines, see LineSource: `make_source(const Call&)` gives a
    /// std::unique_ptr<LineSource<Request, Response>>.
    template <typename Request, typename Response, typename MakeSource>
    grpc::ServerBidiReactor<Request, Response>* Stream(grpc::CallbackServerContext* context,
                                                       std::string_view method,
                                                       MakeSource make_source) const;

private:
    const Gate& gate_;
    ThreadPool& pool_;
    Logger& logger_;
    const CallReporter reporter_;
    const Explain explain_;
};

}  // namespace bangkit::rpc
