#include "libs/http/admin.h"

#include <utility>

#include "libs/telemetry/metrics.h"

namespace bangkit::http {
namespace {

/// A need, and the metric that says whether it is there.
struct WatchedNeed {
    AdminServer::Need need;
    prometheus::Gauge* is_there;
};
using WatchedNeeds = std::vector<WatchedNeed>;

WatchedNeeds Watch(const std::vector<AdminServer::Need>& needs, prometheus::Registry& metrics) {
    WatchedNeeds watched;
    for (const AdminServer::Need& need : needs) {
        watched.push_back({.need = need,
                           .is_there = &telemetry::AddGauge(
                               metrics, "bangkit_ready", "1 while what the process needs is there",
                               {{"needs", need.name}})});
    }
    return watched;
}

/// The first reason not to be ready.
std::optional<std::string> LookAt(const WatchedNeeds& needs) {
    std::optional<std::string> first;
    for (const auto& [need, is_there] : needs) {
        auto reason = need.why_not();
        is_there->Set(reason ? 0 : 1);
        if (reason && !first) first = std::move(reason);
    }
    return first;
}

Response Answer(const Request& request, const prometheus::Registry& metrics,
                const WatchedNeeds& needs) {
    if (request.method != "GET") {
        return {.status = 405, .headers = {{"Allow", "GET, HEAD"}}, .body = "method not allowed\n"};
    }
    if (request.path == "/livez" || request.path == "/healthz") return {.body = "ok\n"};
    if (request.path == "/readyz") {
        if (const auto reason = LookAt(needs)) return {.status = 503, .body = *reason + "\n"};
        return {.body = "ready\n"};
    }
    if (request.path == "/metrics") {
        LookAt(needs);
        return {.content_type = "text/plain; version=0.0.4; charset=utf-8",
                .body = telemetry::Render(metrics)};
    }
    return {.status = 404, .body = "not found\n"};
}

}  // namespace

AdminServer::AdminServer(std::string address, prometheus::Registry& metrics,
                         const std::vector<Need>& needs)
    : server_({.address = std::move(address)},
              [&metrics, needs = Watch(needs, metrics)](const Request& request) {
                  return Answer(request, metrics, needs);
              }) {}

}  // namespace bangkit::http
