#pragma once

#include <prometheus/registry.h>

#include <functional>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/base/failpoints.h"
#include "libs/base/logger.h"
#include "libs/base/settings.h"

namespace bangkit::service {

/// What every service is told by its environment.
struct CommonSettings {
    bool development = false;   // BANGKIT_ENV
    std::string dsn;            // BANGKIT_DSN: the runtime role, which owns nothing.
    std::string migration_dsn;  // BANGKIT_MIGRATION_DSN: the owner of the tables.
    std::string kafka;          // BANGKIT_KAFKA: brokers, "host:port,host:port".
    std::string listen;         // BANGKIT_LISTEN: gRPC, "127.0.0.1:7100".
    std::string admin_listen;   // BANGKIT_ADMIN_LISTEN: metrics and health.
    std::string jwks;           // Content of the file BANGKIT_JWKS: the issuer's public keys.
};

/// What every service stands on. Made once, in Run(); outlives everything else in the process.
struct Foundation {
    CommonSettings settings;
    const Clock& clock;
    Logger& logger;
    prometheus::Registry& metrics;
    const Failpoints& failpoints;  // BANGKIT_FAILPOINTS; in development only.
    /// Returns on SIGTERM or SIGINT.
    std::function<void()> wait_for_stop;
};

/// The body of a main(): reads the common settings (unknown ones are refused; BANGKIT_LOG_LEVEL is
/// one of debug, info, warning, error), blocks the stop signals, calls `read_settings` for the
/// service's own settings, then `serve`. Returns the exit code; a failure is logged without a
/// setting's value in it.
int Run(std::string_view name,
        const std::function<void(Settings&, bool development)>& read_settings,
        const std::function<void(const Foundation&)>& serve);

/// The content of a file named by a setting; throws SettingError.
std::string ReadFile(const std::string& setting, const std::string& path);

}  // namespace bangkit::service
