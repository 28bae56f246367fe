#include "libs/http/session.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <exception>
#include <optional>
#include <stdexcept>

namespace bangkit::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using boost::system::error_code;
using WireRequest = wire::request<wire::string_body>;
using WireResponse = wire::response<wire::string_body>;

// How long a client that broke a rule may go on sending before the connection is cut.
constexpr auto kLinger = std::chrono::seconds(2);

std::string ToString(beast::string_view text) { return {text.data(), text.size()}; }

Response Refusal(int status, std::string why) {
    return {.status = status, .body = std::move(why) + "\n"};
}

/// What a request that could not be read is answered; nullopt if there is nobody to answer.
std::optional<Response> ToRefusal(error_code error) {
    if (error == wire::error::header_limit) return Refusal(431, "header too large");
    if (error == wire::error::body_limit) return Refusal(413, "body too large");
    const bool is_about_content =
        error.category() == make_error_code(wire::error::bad_value).category();
    const bool is_gone =
        error == wire::error::end_of_stream || error == wire::error::partial_message;
    if (is_about_content && !is_gone) return Refusal(400, "malformed request");
    return std::nullopt;  // Gone, or too slow.
}

/// The answer to requests that no handler should see.
std::optional<Response> CheckRequest(const WireRequest& request) {
    if (request.method() == wire::verb::trace || request.method() == wire::verb::connect) {
        Response refusal = Refusal(405, "method not allowed");
        refusal.headers = {{"Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"}};
        return refusal;
    }
    const bool has_host = request.version() < 11 || request.count(wire::field::host) == 1;
    if (!has_host || !request.target().starts_with('/')) return Refusal(400, "malformed request");
    return std::nullopt;
}

Request ToRequest(WireRequest wire) {
    Request request;
    request.method = wire.method() == wire::verb::head ? "GET" : ToString(wire.method_string());
    request.path = ToString(wire.target());
    if (const auto mark = request.path.find('?'); mark != std::string::npos) {
        request.query = request.path.substr(mark + 1);
        request.path.resize(mark);
    }
    for (const auto& field : wire) {
        request.headers.emplace_back(ToString(field.name_string()), ToString(field.value()));
    }
    request.body = std::move(wire.body());
    return request;
}

WireResponse ToWire(Response response, unsigned version, bool keep_alive) {
    WireResponse wire;
    wire.version(version);
    wire.result(static_cast<unsigned>(response.status));
    for (const auto& [name, value] : response.headers) {
        if (value.find_first_of("\r\n") != std::string::npos) {
            throw std::invalid_argument("a header has more than one line");
        }
        wire.insert(name, value);
    }
    if (!response.body.empty()) wire.set(wire::field::content_type, response.content_type);
    wire.body() = std::move(response.body);
    wire.keep_alive(keep_alive);
    if (response.status != 204 && response.status != 304) wire.prepare_payload();
    return wire;
}

/// In its coroutines no co_await stands in a condition: g++ 12 makes broken code of that.
class Session {
public:
    Session(asio::ip::tcp::socket socket, const ServerOptions& options, const Handler& handler)
        : options_(options), handler_(handler), stream_(std::move(socket)) {}

    asio::awaitable<void> Run() {
        bool goes_on = true;
        while (goes_on) goes_on = co_await ServeOne();
    }

private:
    /// False if that was the last request.
    asio::awaitable<bool> ServeOne() {
        wire::request_parser<wire::string_body> parser;
        parser.header_limit(static_cast<std::uint32_t>(options_.max_header));
        parser.body_limit(options_.max_body);
        error_code error = co_await Read(parser);
        if (error) {
            const auto refusal = ToRefusal(error);
            if (refusal) co_await Refuse(*refusal);
            co_return false;
        }
        WireRequest request = parser.release();
        const auto refusal = CheckRequest(request);
        if (refusal) {
            co_await Refuse(*refusal);
            co_return false;
        }
        const bool is_head = request.method() == wire::verb::head;
        WireResponse response = Handle(std::move(request));
        error = co_await Write(response, is_head);
        co_return !error && !response.need_eof();
    }

    asio::awaitable<error_code> Read(wire::request_parser<wire::string_body>& parser) {
        error_code error;
        stream_.expires_after(options_.timeout);  // For the whole request, not for each byte.
        co_await wire::async_read_header(stream_, buffer_, parser,
                                         asio::redirect_error(asio::use_awaitable, error));
        const bool waits_for_us = !error && !parser.is_done() &&
                                  beast::iequals(parser.get()[wire::field::expect], "100-continue");
        if (waits_for_us) {
            WireResponse go_on(wire::status::continue_, parser.get().version());
            error = co_await Write(go_on, false);
        }
        if (!error) {
            co_await wire::async_read(stream_, buffer_, parser,
                                      asio::redirect_error(asio::use_awaitable, error));
        }
        co_return error;
    }

    WireResponse Handle(WireRequest request) const {
        const unsigned version = request.version();
        const bool keep_alive = request.keep_alive();
        try {
            return ToWire(handler_(ToRequest(std::move(request))), version, keep_alive);
        } catch (const std::exception&) {
            return ToWire(Refusal(500, "internal error"), version, keep_alive);
        }
    }

    asio::awaitable<error_code> Write(WireResponse& response, bool is_head) {
        error_code error;
        wire::response_serializer<wire::string_body> serializer(response);
        stream_.expires_after(options_.timeout);
        if (is_head) {
            co_await wire::async_write_header(stream_, serializer,
                                              asio::redirect_error(asio::use_awaitable, error));
        } else {
            co_await wire::async_write(stream_, serializer,
                                       asio::redirect_error(asio::use_awaitable, error));
        }
        co_return error;
    }

    /// Where a request ends is not known after a refusal, so it is the last answer. What the client
    /// still sends is taken and dropped: closing before would reset the connection, and the client
    /// might never read why.
    asio::awaitable<void> Refuse(const Response& refusal) {
        WireResponse response = ToWire(refusal, 11, false);
        error_code error = co_await Write(response, false);
        if (error) co_return;
        stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
        stream_.expires_after(kLinger);
        while (!error) {
            buffer_.clear();
            co_await stream_.async_read_some(buffer_.prepare(options_.max_header),
                                             asio::redirect_error(asio::use_awaitable, error));
        }
    }

    const ServerOptions& options_;
    const Handler& handler_;
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
};

}  // namespace

asio::awaitable<void> ServeClient(asio::ip::tcp::socket socket, const ServerOptions& options,
                                  const Handler& handler) {
    Session session(std::move(socket), options, handler);
    co_await session.Run();
}

}  // namespace bangkit::http
