#include "libs/grpc/call.h"

#include <optional>
#include <utility>

#include "libs/status/status.h"
#include "libs/telemetry/traceparent.h"

namespace bangkit::rpc {
namespace {

// Details travel base64-encoded in the trailing metadata, of which clients accept 8 KiB.
constexpr std::size_t kMaxDetailsBytes = 5000;

/// The only value of `key`; nullopt if there is none, or several to choose from.
std::optional<std::string_view> Metadata(const grpc::CallbackServerContext& context,
                                         const char* key) {
    const auto [first, last] = context.client_metadata().equal_range(key);
    if (first == last || std::next(first) != last) return std::nullopt;
    return std::string_view(first->second.data(), first->second.size());
}

/// The details, with as many fields as fit.
std::string SerializedDetails(Error error) {
    std::string details = status::ToProto(error).SerializeAsString();
    while (details.size() > kMaxDetailsBytes && !error.fields.empty()) {
        error.fields.pop_back();
        error.metadata["more_fields"] = "true";
        details = status::ToProto(error).SerializeAsString();
    }
    return details;
}

}  // namespace

Result<identity::Caller> Gate::Identify(const grpc::CallbackServerContext& context) const {
    constexpr std::string_view kScheme = "Bearer ";
    const auto authorization = Metadata(context, "authorization");
    if (!authorization || !authorization->starts_with(kScheme)) {
        return Refused(ErrorCode::kUnauthenticated, "TOKEN_MISSING",
                       "the call needs one bearer token");
    }
    return tokens_.Verify(authorization->substr(kScheme.size()));
}

Result<Call> Gate::Admit(const grpc::CallbackServerContext& context, identity::Caller caller,
                         std::string_view method, CallKind kind) const {
    const auto scope = policy_.Admit(method, caller);
    if (!scope) return std::unexpected(scope.error());
    // Whoever was admitted for what is its own only must not reach more by a forgotten check.
    if (*scope == identity::Scope::kOwn) caller.regions.clear();

    Time deadline = context.deadline();
    if (deadline == Time::max() && kind == CallKind::kUnary) {
        deadline = clock_.Now() + default_deadline_;
    }
    const auto parent = Metadata(context, "traceparent");
    return Call{.caller = std::move(caller),
                .scope = *scope,
                .traceparent = telemetry::ChildOf(parent.value_or("")),
                .deadline = deadline};
}

grpc::Status ToStatus(const Error& error) {
    return {static_cast<grpc::StatusCode>(status::ToNumber(error.code)),
            error.message.empty() ? error.reason : error.message, SerializedDetails(error)};
}

Error FromStatus(const grpc::Status& status) {
    google::rpc::Status details;
    details.ParseFromString(status.error_details());
    if (details.code() != static_cast<int>(status.error_code())) {  // Not by one of our services.
        details.Clear();
        details.set_code(static_cast<int>(status.error_code()));
    }
    details.set_message(status.error_message());
    return status::FromProto(details);
}

}  // namespace bangkit::rpc
