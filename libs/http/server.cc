#include "libs/http/server.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>
#include <thread>

#include "libs/base/settings.h"
#include "libs/http/session.h"

namespace bangkit::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kPauseAfterFailure =
    std::chrono::milliseconds(100);  // Out of descriptors, most likely.

tcp::endpoint Resolve(asio::io_context& io, const std::string& address) {
    const auto colon = address.rfind(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == address.size()) {
        throw SettingError("an address to listen on must be host:port");
    }
    return *tcp::resolver(io).resolve(address.substr(0, colon), address.substr(colon + 1)).begin();
}

tcp::acceptor Listen(asio::io_context& io, const std::string& address) {
    try {
        return tcp::acceptor(io, Resolve(io, address));
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error("cannot listen on " + address + ": " + error.code().message());
    }
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Counts a connection for as long as it lives.
class Slot {
public:
    explicit Slot(std::atomic<std::size_t>& count) : count_(count) { ++count_; }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    ~Slot() { --count_; }

private:
    std::atomic<std::size_t>& count_;
};

}  // namespace

std::string_view Request::Header(std::string_view name) const {
    const auto found = std::ranges::find_if(headers, [name](const auto& header) {
        return std::ranges::equal(header.first, name, {}, Lower, Lower);
    });
    return found == headers.end() ? std::string_view{} : found->second;
}

class Server::Impl {
public:
    Impl(ServerOptions options, Handler handler)
        : options_(std::move(options)),
          handler_(std::move(handler)),
          acceptor_(Listen(io_, options_.address)) {
        asio::co_spawn(io_, Accept(), asio::detached);
        for (int i = 0; i < options_.threads; ++i) {
            threads_.emplace_back([this] { io_.run(); });
        }
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        io_.stop();
        threads_.clear();
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

private:
    asio::awaitable<void> Accept() {
        while (true) {
            error_code error;
            tcp::socket socket(asio::make_strand(io_));  // One thread at a time per client.
            co_await acceptor_.async_accept(socket,
                                            asio::redirect_error(asio::use_awaitable, error));
            if (error) {
                asio::steady_timer pause(io_, kPauseAfterFailure);
                co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            } else if (connections_ < options_.max_connections) {
                const auto executor = socket.get_executor();
                asio::co_spawn(executor, Serve(std::move(socket)), asio::detached);
            }
        }
    }

    asio::awaitable<void> Serve(tcp::socket socket) {
        const Slot slot(connections_);
        error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        co_await ServeClient(std::move(socket), options_, handler_);
    }

    const ServerOptions options_;
    const Handler handler_;
    std::atomic<std::size_t> connections_ = 0;
    asio::io_context io_;  // Ends after the threads, before what its coroutines use.
    tcp::acceptor acceptor_;
    std::vector<std::jthread> threads_;
};

Server::Server(ServerOptions options, Handler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}

Server::~Server() = default;

std::uint16_t Server::port() const { return impl_->port(); }

}  // namespace bangkit::http
