#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "libs/identity/policy.h"
#include "libs/identity/token.h"

namespace bangkit::rpc {

/// What a handler knows about the call besides the request.
struct Call {
    /// From the verified token. Admitted for what is its own only (Scope::kOwn), it has no regions.
    identity::Caller caller;
    identity::Scope scope;
    std::string traceparent;  // W3C: a child of the client's, or the root of a new trace.
    Time deadline;            // Time::max() for streams of clients that set none.
};

/// Calls of clients that set no deadline end after this time; streams are exempt.
inline constexpr std::chrono::seconds kDefaultDeadline{10};

enum class CallKind { kUnary, kStream };

/// Decides whether a call may begin: token, role, deadline. Nothing that the client says of itself
/// counts, but `authorization: Bearer <token>`.
class Gate {
public:
    Gate(const identity::TokenVerifier& tokens, const identity::Policy& policy, const Clock& clock,
         std::chrono::milliseconds default_deadline = kDefaultDeadline)
        : tokens_(tokens), policy_(policy), clock_(clock), default_deadline_(default_deadline) {}

    /// Who calls. UNAUTHENTICATED with reason TOKEN_MISSING, TOKEN_INVALID or TOKEN_EXPIRED.
    Result<identity::Caller> Identify(const grpc::CallbackServerContext& context) const;
    /// Whether `caller` may call `method` ("bangkit.dashboard.v1.DashboardService/GetDashboard").
    /// PERMISSION_DENIED.
    Result<Call> Admit(const grpc::CallbackServerContext& context, identity::Caller caller,
                       std::string_view method, CallKind kind) const;

    const identity::Policy& policy() const { return policy_; }
    std::chrono::milliseconds default_deadline() const { return default_deadline_; }

private:
    const identity::TokenVerifier& tokens_;
    const identity::Policy& policy_;
    const Clock& clock_;
    const std::chrono::milliseconds default_deadline_;
};

/// For the wire: code, message (never empty) and a serialised google.rpc.Status with the details,
/// cut to what metadata may hold.
grpc::Status ToStatus(const Error& error);

/// What a client makes of it; the inverse of ToStatus().
Error FromStatus(const grpc::Status& status);

}  // namespace bangkit::rpc
