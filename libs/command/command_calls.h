#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/server_callback.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "libs/command/command_loop.h"
#include "libs/command/fingerprint.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"

namespace bangkit::command {

/// The message whose serialized form an outcome holds.
template <typename Response>
Result<Response> ToResponse(const Outcome& outcome) {
    if (!outcome) return std::unexpected(outcome.error());
    Response response;
    response.ParseFromString(*outcome);
    return response;
}

/// The last part of a method's name, as the audit shows it: "RegisterBusiness".
inline std::string ShortName(std::string_view method) {
    return std::string(method.substr(method.find('/') + 1));
}

/// How calls become commands. Every mutating handler has the same two steps: turn the request into
/// a command, submit it. The loop answers later, from its own thread; no thread waits for the
/// database.
template <UnitOfWork Unit>
class CommandCalls {
public:
    using Loop = CommandLoop<Unit>;
    using Done = std::move_only_function<void(const Outcome&)>;

    /// All must outlive it.
    CommandCalls(const rpc::Calls& calls, Loop& loop, const crypto::KeyRing& keys)
        : calls_(calls), loop_(loop), keys_(keys) {}

    /// `checked`: the `command` that the request asks for, and the `request_id` under which its
    /// answer is kept. Without one nothing is kept, and the request is not looked at. `done` gets
    /// the refusal at once if the shape of the request is wrong.
    template <typename Checked>
    void Submit(const rpc::Call& call, std::string_view method,
                const google::protobuf::Message& request, Result<Checked> checked, Lane lane,
                Done done) const {
        if (!checked) return done(std::unexpected(std::move(checked.error())));
        const bool is_kept = !checked->request_id.empty();
        loop_.Submit({.caller = call.caller,
                      .method = ShortName(method),
                      .request_id = std::move(checked->request_id),
                      .fingerprint = is_kept ? Fingerprint(keys_, request) : "",
                      .command = std::move(checked->command),
                      .traceparent = call.traceparent,
                      .deadline = call.deadline,
                      .lane = lane,
                      .done = std::move(done)});
    }

    /// A call that is answered with what comes of its command. `check(request)` gives `checked`.
    template <typename Request, typename Response, typename Check>
    grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context, std::string_view method,
                                    const Request& request, Response* response,
                                    const Check& check) const {
        return calls_.Unary(context, method, response,
                            [&](const rpc::Call& call, rpc::Reply<Response> reply) {
                                Submit(call, method, request, check(request), Lane::kInteractive,
                                       [reply = std::move(reply)](const Outcome& outcome) {
                                           reply(ToResponse<Response>(outcome));
                                       });
                            });
    }

private:
    const rpc::Calls& calls_;
    Loop& loop_;
    const crypto::KeyRing& keys_;
};

}  // namespace bangkit::command
