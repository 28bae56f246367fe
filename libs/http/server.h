#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bangkit::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method;  // "GET" for HEAD too: the server leaves the body out.
    std::string path;    // As sent, not decoded; begins with '/'.
    std::string query;   // What follows '?', not decoded.
    Headers headers;
    std::string body;

    /// The first header of that name, whatever its case; empty if there is none.
    std::string_view Header(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    Headers headers = {};
    std::string body = {};
};

struct ServerOptions {
    std::string address;  // "host:port"; port 0 takes a free one.
    std::size_t max_header = 8 * 1024;
    std::size_t max_body = 1024 * 1024;
    std::size_t max_connections = 1024;  // More are closed at once.
    int threads = 1;
    std::chrono::milliseconds timeout =
        std::chrono::seconds(10);  // To send a request; to take its answer.
};

using Handler = std::function<Response(const Request&)>;

/// HTTP/1.1 with keep-alive and pipelining. Clients that wait, trickle or vanish hold a connection
/// and no thread. Answered without the handler: 400 malformed, 405 TRACE and CONNECT, 413 body too
/// large, 431 header too large; and 500 if the handler throws.
class Server {
public:
    /// Listens when it returns; throws std::runtime_error if it cannot. `handler` is called by
    /// `threads` threads.
    Server(ServerOptions options, Handler handler);
    /// Waits for handlers that run, and closes all connections.
    ~Server();

    std::uint16_t port() const;

private:
    class Impl;
    const std::unique_ptr<Impl> impl_;
};

}  // namespace bangkit::http
