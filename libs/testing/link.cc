#include "libs/testing/link.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "libs/testing/eventually.h"

namespace bangkit::testing {
namespace {

constexpr int kPollMs = 5;

sockaddr_in Loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

const sockaddr* Generic(const sockaddr_in& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

bool SendAll(int socket, const char* data, ssize_t size) {
    while (size > 0) {
        const ssize_t sent = send(socket, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        data += sent;
        size -= sent;
    }
    return true;
}

}  // namespace

Link::Link(std::uint16_t server_port)
    : server_port_(server_port), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = Loopback(0);
    socklen_t size = sizeof address;
    if (bind(listener_, Generic(address), size) != 0 || listen(listener_, SOMAXCONN) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("no port for a link");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
}

Link::~Link() {
    thread_.request_stop();
    thread_.join();
    CloseAll();
    close(listener_);
}

void Link::Cut() {
    is_cut_ = true;
    Eventually([this] { return is_quiet_.load(); });
}

void Link::Restore() {
    swallows_ = false;
    is_cut_ = false;
    is_quiet_ = false;
}

void Link::Run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::vector<pollfd> waiting{{.fd = listener_, .events = POLLIN, .revents = 0}};
        for (const Pair& pair : pairs_) {
            waiting.push_back({.fd = pair.client, .events = POLLIN, .revents = 0});
            waiting.push_back({.fd = pair.server, .events = POLLIN, .revents = 0});
        }
        poll(waiting.data(), waiting.size(), kPollMs);
        if (is_cut_) {
            CloseAll();
            is_quiet_ = true;
        }
        std::vector<Pair> open;
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            if (Forward(pairs_[i], waiting[2 * i + 1].revents != 0,
                        waiting[2 * i + 2].revents != 0)) {
                open.push_back(pairs_[i]);
            }
        }
        pairs_ = std::move(open);
        if (waiting.front().revents != 0) Accept();
    }
}

void Link::Accept() {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const int server = is_cut_ ? -1 : socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = Loopback(server_port_);
    if (server < 0 || connect(server, Generic(address), sizeof address) != 0) {
        close(client);
        if (server >= 0) close(server);
        return;
    }
    pairs_.push_back({.client = client, .server = server});
}

/// False if the connection is over; it is closed then.
bool Link::Forward(const Pair& pair, bool client_spoke, bool server_spoke) {
    std::array<char, 65536> data{};
    const auto move = [&data](int from, int to, bool is_heard) {
        const ssize_t size = recv(from, data.data(), data.size(), 0);
        return size > 0 && (!is_heard || SendAll(to, data.data(), size));
    };
    const bool is_open = (!client_spoke || move(pair.client, pair.server, true)) &&
                         (!server_spoke || move(pair.server, pair.client, !swallows_));
    if (is_open) return true;
    close(pair.client);
    close(pair.server);
    return false;
}

void Link::CloseAll() {
    for (const Pair& pair : pairs_) {
        close(pair.client);
        close(pair.server);
    }
    pairs_.clear();
}

}  // namespace bangkit::testing
