#pragma once

#include <hiredis/hiredis.h>

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/redis/error.h"

namespace bangkit::redis {

struct Address {
    std::string host;
    int port = 0;
};

/// "host:port"; anything else throws SettingError.
Address ParseAddress(std::string_view text);

struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

/// Throws RedisError if `reply` is an error. Of its text only the code is told: the rest may quote
/// what was sent.
const redisReply& Checked(const Reply& reply);

/// The code of an error ("NOSCRIPT"); empty if `reply` is none.
std::string_view CodeOf(const redisReply& reply);

/// One connection for one thread, for pipelines with a deadline for the whole of each.
class Connection {
public:
    using Command = std::vector<std::string_view>;

    /// Throws RedisError if the server does not answer within `timeout`, which is that of Run()
    /// too.
    Connection(const Address& address, std::chrono::milliseconds timeout);

    /// Sends all commands without waiting between them. One reply each, which may be an error. If
    /// it throws RedisError, the connection is broken for good, as late replies would be taken for
    /// those of the next commands.
    std::vector<Reply> Run(std::span<const Command> commands);

    bool IsBroken() const { return is_broken_; }

private:
    using Deadline = std::chrono::steady_clock::time_point;

    void FinishConnecting(Deadline deadline);
    void Send(std::string_view& unsent);
    void WaitFor(short events, Deadline deadline);
    void CheckContext();

    const std::chrono::milliseconds timeout_;
    std::unique_ptr<redisContext, void (*)(redisContext*)> context_;
    bool is_broken_ = false;
};

}  // namespace bangkit::redis
