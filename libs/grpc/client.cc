#include "libs/grpc/client.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

namespace bangkit::rpc {

std::shared_ptr<grpc::Channel> Connect(const std::string& address) {
    constexpr int kMaxMessageBytes = 1 << 20;
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
    arguments.SetMaxSendMessageSize(kMaxMessageBytes);
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2'000);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 20'000);
    arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
    // Retries are the callers' business: they know what is safe to repeat.
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

void Prepare(grpc::ClientContext& context, std::string_view token,
             std::chrono::milliseconds timeout, std::string_view traceparent) {
    context.set_deadline(std::chrono::system_clock::now() + timeout);
    if (!token.empty()) context.AddMetadata("authorization", "Bearer " + std::string(token));
    if (!traceparent.empty()) context.AddMetadata("traceparent", std::string(traceparent));
}

}  // namespace bangkit::rpc
