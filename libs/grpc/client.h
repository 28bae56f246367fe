#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "libs/grpc/call.h"

namespace bangkit::rpc {

/// A channel to another service in the same network: 1 MiB messages, keepalive that the servers
/// tolerate, reconnects within 2 seconds.
std::shared_ptr<grpc::Channel> Connect(const std::string& address);

/// Sets what every call needs: the bearer token, the deadline, the trace that it belongs to.
void Prepare(grpc::ClientContext& context, std::string_view token,
             std::chrono::milliseconds timeout, std::string_view traceparent = "");

}  // namespace bangkit::rpc
