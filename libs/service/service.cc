#include "libs/service/service.h"

#include <google/protobuf/stubs/logging.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>

#include "libs/telemetry/json_logger.h"

namespace bangkit::service {
namespace {

sigset_t BlockStopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // Inherited by every thread made later.
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

/// protobuf has a line for every text that is no UTF-8: clients could fill the log with them. Such
/// a call is refused anyway; only what ends the process is worth a line.
void QuietenProtobuf() {
    google::protobuf::SetLogHandler([](google::protobuf::LogLevel level, const char* file, int line,
                                       const std::string& message) {
        if (level != google::protobuf::LOGLEVEL_FATAL) return;
        std::fprintf(stderr, "%s:%d: %s\n", file, line, message.c_str());
    });
}

CommonSettings ReadCommon(Settings& settings) {
    CommonSettings common;
    common.development = settings.IsDevelopment();
    common.dsn = settings.Required("BANGKIT_DSN");
    common.migration_dsn = settings.Required("BANGKIT_MIGRATION_DSN");
    common.kafka = settings.Required("BANGKIT_KAFKA");
    common.listen = settings.Required("BANGKIT_LISTEN");
    common.admin_listen = settings.Required("BANGKIT_ADMIN_LISTEN");
    common.jwks = ReadFile("BANGKIT_JWKS", settings.Required("BANGKIT_JWKS"));
    return common;
}

LogLevel ReadLogLevel(Settings& settings) {
    static const std::map<std::string, LogLevel> kLevels{{"debug", LogLevel::kDebug},
                                                         {"info", LogLevel::kInfo},
                                                         {"warning", LogLevel::kWarning},
                                                         {"error", LogLevel::kError}};
    const auto level = kLevels.find(settings.Optional("BANGKIT_LOG_LEVEL", "info"));
    if (level == kLevels.end()) {
        throw SettingError("BANGKIT_LOG_LEVEL must be debug, info, warning or error");
    }
    return level->second;
}

Failpoints ReadFailpoints(Settings& settings, bool development) {
    const std::string specification = settings.Optional("BANGKIT_FAILPOINTS", "");
    if (!specification.empty() && !development) {
        throw SettingError("BANGKIT_FAILPOINTS is for development only");
    }
    return Failpoints(specification);
}

/// BANGKIT_CLOCK_OFFSET: seconds, below 0 for a clock that is behind. A timer or an order that
/// needs all clocks to agree shows itself.
std::unique_ptr<const Clock> ReadClock(Settings& settings, bool development) {
    const std::string text = settings.Optional("BANGKIT_CLOCK_OFFSET", "");
    if (text.empty()) return std::make_unique<SystemClock>();
    std::int32_t offset = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (!development || error != std::errc() || end != text.data() + text.size()) {
        throw SettingError("BANGKIT_CLOCK_OFFSET is a number of seconds, for development only");
    }
    return std::make_unique<WrongClock>(std::chrono::seconds(offset));
}

}  // namespace

std::string ReadFile(const std::string& setting, const std::string& path) {
    const std::ifstream file(path);
    if (!file) throw SettingError("the file that " + setting + " names cannot be read");
    return (std::ostringstream() << file.rdbuf()).str();
}

int Run(std::string_view name,
        const std::function<void(Settings&, bool development)>& read_settings,
        const std::function<void(const Foundation&)>& serve) {
    const sigset_t stop_signals = BlockStopSignals();
    QuietenProtobuf();
    std::optional<telemetry::JsonLogger> logger(std::in_place, name);
    try {
        Settings settings(environ);
        const CommonSettings common = ReadCommon(settings);
        logger.emplace(name, ReadLogLevel(settings));
        const Failpoints failpoints = ReadFailpoints(settings, common.development);
        const std::unique_ptr<const Clock> clock = ReadClock(settings, common.development);
        read_settings(settings, common.development);
        settings.RefuseUnknown();

        prometheus::Registry metrics;
        serve({.settings = common,
               .clock = *clock,
               .logger = *logger,
               .metrics = metrics,
               .failpoints = failpoints,
               .wait_for_stop = [&stop_signals] {
                   int signal = 0;
                   sigwait(&stop_signals, &signal);
               }});
        logger->Info("stopped");
        return 0;
    } catch (const std::exception& failure) {
        logger->Error("stopped_by_failure", {{"detail", failure.what()}});
        return 1;
    }
}

}  // namespace bangkit::service
