#include "libs/grpc/handler.h"

#include <string>

#include "libs/status/status.h"
#include "libs/telemetry/traceparent.h"

namespace bangkit::rpc {

Calls::Calls(const Gate& gate, ThreadPool& pool, Logger& logger, prometheus::Registry& registry,
             Explain explain, OnDenied on_denied)
    : gate_(gate),
      pool_(pool),
      logger_(logger),
      reporter_(gate.policy().Methods(), logger, registry, std::move(on_denied)),
      explain_(std::move(explain)) {}

Result<Call> Calls::Begin(const grpc::CallbackServerContext& context, CallKind kind,
                          CallReport& report) const {
    auto caller = gate_.Identify(context);
    if (!caller) return std::unexpected(caller.error());
    report.SetSubject(caller->subject);
    auto call = gate_.Admit(context, *std::move(caller), report.method(), kind);
    if (call) report.SetTraceparent(call->traceparent);
    return call;
}

Error Calls::Explained(std::string_view method, std::string_view traceparent) const {
    std::string what = "not a std::exception";
    try {
        throw;
    } catch (const std::exception& exception) {
        if (auto error = explain_ ? explain_(exception) : std::nullopt) return *std::move(error);
        what = exception.what();
    } catch (...) {  // Nothing is known about it.
    }
    logger_.Error("rpc_exception", {{"method", std::string(method)},
                                    {"error", what},
                                    {"traceparent", std::string(traceparent)}});
    return status::Internal(telemetry::TraceId(traceparent));
}

}  // namespace bangkit::rpc
