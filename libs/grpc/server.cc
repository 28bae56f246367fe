#include "libs/grpc/server.h"

#include <absl/synchronization/mutex.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/resource_quota.h>

#include <stdexcept>
#include <utility>

#include "grpc_health/v1/health.pb.h"
#include "libs/grpc/handler.h"

namespace bangkit::rpc {
namespace {

constexpr std::chrono::seconds kShutdownLimit{8};

/// Reflection in development only. Linking gRPC's library for it already turns it on for every
/// server of the process, so that production has to take it out.
class Reflection final : public grpc::ServerBuilderOption {
public:
    explicit Reflection(bool development) : development_(development) {}

    void UpdateArguments(grpc::ChannelArguments*) override {}
    void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
        auto reflection = std::make_unique<grpc::reflection::ProtoServerReflectionPlugin>();
        std::erase_if(*plugins, [&](const auto& p) { return p->name() == reflection->name(); });
        if (!development_) return;
        // gRPC serves health checks from a table of its own. Reflection needs the descriptor, which
        // the linker leaves out unless something names it.
        grpc::health::v1::HealthCheckRequest::descriptor();
        plugins->push_back(std::move(reflection));
    }

private:
    const bool development_;
};

void SetLimits(const ServerOptions& options, grpc::ServerBuilder& builder) {
    builder.SetMaxReceiveMessageSize(options.max_message_bytes);
    builder.SetMaxSendMessageSize(options.max_message_bytes);
    builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, options.max_metadata_bytes);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.max_streams_per_connection);
    // A client may ping every 10 seconds; who does it more often is sent away.
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 2);
    // Half-open connections are noticed within 80 seconds.
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
    // A port in use is an error, not a share of its connections.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.SetResourceQuota(grpc::ResourceQuota("server").Resize(options.max_memory_bytes));
}

}  // namespace

Server::Server(const ServerOptions& options, std::vector<NamedService> services, Calls& calls)
    : services_(std::move(services)), calls_(calls) {
    // Debian's build has it on: a graph of all mutexes, which costs a call a sixth of its time.
    absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    SetLimits(options, builder);
    builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(), &port_);
    for (const NamedService& named : services_) builder.RegisterService(named.service);
    builder.SetOption(std::make_unique<Reflection>(options.development));
    server_ = builder.BuildAndStart();
    if (!server_ || port_ == 0) throw std::runtime_error("cannot listen on " + options.listen);
    SetHealthy(true);
}

Server::~Server() { Shutdown(kShutdownLimit); }

void Server::SetHealthy(bool healthy) {
    grpc::HealthCheckServiceInterface* health = server_->GetHealthCheckService();
    health->SetServingStatus(healthy);
    for (const NamedService& named : services_) health->SetServingStatus(named.name, healthy);
}

void Server::Shutdown(std::chrono::milliseconds limit) {
    if (std::exchange(is_shut_down_, true)) return;
    server_->GetHealthCheckService()->Shutdown();
    server_->Shutdown(std::chrono::system_clock::now() + limit);
    server_->Wait();
    calls_.AwaitEnd();
}

}  // namespace bangkit::rpc
