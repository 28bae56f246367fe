#include "libs/http/admin.h"

#include <utility>

#include "libs/telemetry/metrics.h"

namespace bangkit::http {
namespace {

Response Ready(const AdminServer::WhyNotReady& why_not_ready) {
    if (const auto reason = why_not_ready()) return {.status = 503, .body = *reason + "\n"};
    return {.body = "ready\n"};
}

Response Answer(const Request& request, const prometheus::Registry& metrics,
                const AdminServer::WhyNotReady& why_not_ready) {
    if (request.method != "GET") {
        return {.status = 405, .headers = {{"Allow", "GET, HEAD"}}, .body = "method not allowed\n"};
    }
    if (request.path == "/livez" || request.path == "/healthz") return {.body = "ok\n"};
    if (request.path == "/readyz") return Ready(why_not_ready);
    if (request.path == "/metrics") {
        return {.content_type = "text/plain; version=0.0.4; charset=utf-8",
                .body = telemetry::Render(metrics)};
    }
    return {.status = 404, .body = "not found\n"};
}

}  // namespace

AdminServer::AdminServer(std::string address, const prometheus::Registry& metrics,
                         WhyNotReady why_not_ready)
    : server_({.address = std::move(address)},
              [&metrics, why_not_ready = std::move(why_not_ready)](const Request& request) {
                  return Answer(request, metrics, why_not_ready);
              }) {}

}  // namespace bangkit::http
