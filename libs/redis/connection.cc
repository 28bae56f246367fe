#include "libs/redis/connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <new>
#include <system_error>

#include "libs/base/settings.h"

namespace bangkit::redis {
namespace {

using Clock = std::chrono::steady_clock;

std::string Reason(int error) { return std::generic_category().message(error); }

void AppendHeader(std::string& out, char type, std::size_t count) {
    out += type;
    out += std::to_string(count);
    out += "\r\n";
}

std::string Format(std::span<const Connection::Command> commands) {
    std::string text;
    for (const auto& command : commands) {
        AppendHeader(text, '*', command.size());
        for (const std::string_view argument : command) {
            AppendHeader(text, '$', argument.size());
            text += argument;
            text += "\r\n";
        }
    }
    return text;
}

}  // namespace

Address ParseAddress(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    Address address{.host = std::string(text.substr(0, colon))};
    const std::string_view port =
        colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (address.host.empty() || port.empty() || error != std::errc{} ||
        end != port.data() + port.size() || address.port < 1 || address.port > 65535) {
        throw SettingError("the address of Redis must be host:port");
    }
    return address;
}

std::string_view CodeOf(const redisReply& reply) {
    if (reply.type != REDIS_REPLY_ERROR) return {};
    const std::string_view text(reply.str, reply.len);
    return text.substr(0, text.find(' '));
}

const redisReply& Checked(const Reply& reply) {
    if (const auto code = CodeOf(*reply); !code.empty()) {
        throw RedisError("Redis refused a command: " + std::string(code));
    }
    return *reply;
}

Connection::Connection(const Address& address, std::chrono::milliseconds timeout)
    : timeout_(timeout),
      context_(redisConnectNonBlock(address.host.c_str(), address.port), redisFree) {
    if (!context_) throw std::bad_alloc();
    CheckContext();
    FinishConnecting(Clock::now() + timeout_);
    // A frozen server still completes connections: only an answer proves that it works.
    const std::array ping = {Command{"PING"}};
    Checked(Run(ping).front());
}

void Connection::FinishConnecting(Deadline deadline) {
    WaitFor(POLLOUT, deadline);
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(context_->fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
    if (error != 0) throw RedisError("cannot connect to Redis: " + Reason(error));
}

std::vector<Reply> Connection::Run(std::span<const Command> commands) {
    const Deadline deadline = Clock::now() + timeout_;
    const std::string text = Format(commands);
    std::string_view unsent = text;
    std::vector<Reply> replies;
    is_broken_ = true;  // Unless every reply arrives.
    Send(unsent);
    while (replies.size() < commands.size()) {
        void* reply = nullptr;
        redisGetReplyFromReader(context_.get(), &reply);
        CheckContext();
        if (reply != nullptr) {
            replies.emplace_back(static_cast<redisReply*>(reply));
            continue;
        }
        WaitFor(unsent.empty() ? POLLIN : POLLIN | POLLOUT, deadline);
        Send(unsent);
        redisBufferRead(context_.get());
        CheckContext();
    }
    is_broken_ = false;
    return replies;
}

/// Not by hiredis, whose write() would raise SIGPIPE when the server has gone.
void Connection::Send(std::string_view& unsent) {
    while (!unsent.empty()) {
        const ssize_t count = send(context_->fd, unsent.data(), unsent.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (count < 0) throw RedisError("cannot send to Redis: " + Reason(errno));
        unsent.remove_prefix(static_cast<std::size_t>(count));
    }
}

void Connection::WaitFor(short events, Deadline deadline) {
    pollfd waiting{.fd = context_->fd, .events = events, .revents = 0};
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        const int count = left > 0 ? poll(&waiting, 1, static_cast<int>(left)) : 0;
        if (count > 0) return;
        if (count == 0) throw RedisError("Redis did not answer in time");
        if (errno != EINTR) throw RedisError("cannot wait for Redis: " + Reason(errno));
    }
}

void Connection::CheckContext() {
    if (context_->err != 0) {
        throw RedisError(std::string("the connection to Redis failed: ") + context_->errstr);
    }
}

}  // namespace bangkit::redis
