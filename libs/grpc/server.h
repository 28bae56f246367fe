#pragma once

#include <grpcpp/server.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace bangkit::rpc {

class Calls;

struct ServerOptions {
    std::string listen;        // "127.0.0.1:7100"; port 0: any free one.
    bool development = false;  // With reflection.
    int max_message_bytes = 1 << 20;
    int max_metadata_bytes = 8 << 10;
    int max_streams_per_connection = 100;
    std::size_t max_memory_bytes = std::size_t{128} << 20;  // For the messages of all calls.
};

/// A service under its full name: {DashboardService::service_full_name(), &service}.
struct NamedService {
    std::string name;
    grpc::Service* service;
};

/// A listening gRPC server with limits, and with health checks for each of its services.
class Server {
public:
    /// Listens at once. Throws std::runtime_error if the address cannot be used. The services, and
    /// the calls that they have in common, must outlive the server.
    Server(const ServerOptions& options, std::vector<NamedService> services, Calls& calls);
    /// Shuts down: calls have 8 seconds.
    ~Server();

    int port() const { return port_; }
    /// What the health service answers for each service and for the server (""); true at first.
    void SetHealthy(bool healthy);
    /// Says NOT_SERVING, takes no more calls, waits for the running ones, and cancels those that
    /// are not done within `limit`. Returns when all are over and nothing runs for them any more,
    /// though they may have been answered long before. A second time does nothing.
    void Shutdown(std::chrono::milliseconds limit);

private:
    const std::vector<NamedService> services_;
    Calls& calls_;
    std::unique_ptr<grpc::Server> server_;
    int port_ = 0;
    bool is_shut_down_ = false;
};

}  // namespace bangkit::rpc
