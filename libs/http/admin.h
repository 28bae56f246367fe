#pragma once

#include <prometheus/registry.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "libs/http/server.h"

namespace bangkit::http {

/// What operators and their machines ask a process: /metrics (Prometheus text), /livez and /healthz
/// (200 while it answers at all) and /readyz (503 with the reason while it should get no calls).
class AdminServer {
public:
    /// Why the process is not ready, in words without personal data; nullopt if it is. Called by
    /// the server's thread.
    using WhyNotReady = std::function<std::optional<std::string>()>;

    /// Listens on `address` ("host:port") when it returns. `metrics` must outlive it.
    AdminServer(std::string address, const prometheus::Registry& metrics,
                WhyNotReady why_not_ready);

    std::uint16_t port() const { return server_.port(); }

private:
    Server server_;
};

}  // namespace bangkit::http
