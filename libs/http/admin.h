#pragma once

#include <prometheus/registry.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libs/http/server.h"

namespace bangkit::http {

/// What operators and their machines ask a process: /metrics (Prometheus text), /livez and /healthz
/// (200 while it answers at all) and /readyz (503 with the reason while it should get no calls).
/// The metric bangkit_ready{needs="..."} says the same of each need whenever metrics are asked for.
class AdminServer {
public:
    /// What the process needs to be ready.
    struct Need {
        std::string name;  // Such as "database".
        /// Why it is not there, in words without personal data; nullopt if it is. Called by the
        /// server's thread.
        std::function<std::optional<std::string>()> why_not;
    };

    /// Listens on `address` ("host:port") when it returns. `metrics` must outlive it.
    AdminServer(std::string address, prometheus::Registry& metrics, const std::vector<Need>& needs);

    std::uint16_t port() const { return server_.port(); }

private:
    Server server_;
};

}  // namespace bangkit::http
