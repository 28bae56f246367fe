#pragma once

// clang-format off
#include <utility>  // First: Boost 1.74's awaitable.hpp forgot that it needs it.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
// clang-format on

#include "libs/http/server.h"

namespace bangkit::http {

/// Answers one client until it leaves, breaks a rule or is too slow. `options` and `handler` must
/// outlive it.
boost::asio::awaitable<void> ServeClient(boost::asio::ip::tcp::socket socket,
                                         const ServerOptions& options, const Handler& handler);

}  // namespace bangkit::http
