#include "libs/redis/writer.h"

#include <array>
#include <cstddef>
#include <utility>

#include "libs/redis/connection.h"

namespace bangkit::redis {
namespace {

// Compares byte by byte: Lua's numbers have 53 bits, and its order of strings depends on the
// locale.
constexpr std::string_view kSetIfNewer = R"(
local stored = redis.call('GETRANGE', KEYS[1], 0, 15)
if #stored == 16 then
  for i = 1, 16 do
    local old, new = stored:byte(i), ARGV[1]:byte(i)
    if new > old then break end
    if new < old or i == 16 then return 0 end
  end
end
redis.call('SET', KEYS[1], ARGV[1])
return 1
)";

Reply RunOne(Connection& connection, Connection::Command command) {
    const std::array commands = {std::move(command)};
    return std::move(connection.Run(commands).front());
}

}  // namespace

Writer::Writer(std::string_view address, std::chrono::milliseconds timeout)
    : address_(std::make_unique<Address>(ParseAddress(address))), timeout_(timeout) {}

Writer::~Writer() = default;

Connection& Writer::Connected() {
    if (!connection_ || connection_->IsBroken()) {
        connection_.reset();
        auto connection = std::make_unique<Connection>(*address_, timeout_);
        const Reply name = RunOne(*connection, {"SCRIPT", "LOAD", kSetIfNewer});
        script_.assign(Checked(name).str, name->len);
        connection_ = std::move(connection);
    }
    return *connection_;
}

std::vector<bool> Writer::SetIfNewer(std::span<const Item> items) {
    Connection& connection = Connected();
    std::vector<std::string> values;
    values.reserve(items.size());
    std::vector<Connection::Command> commands;
    for (const Item& item : items) {
        const std::string& value = values.emplace_back(Encode(item.stamp, item.payload));
        commands.push_back({"EVALSHA", script_, "1", item.key, value});
    }
    std::vector<bool> is_written;
    const std::vector<Reply> replies = connection.Run(commands);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (CodeOf(*replies[i]) == "NOSCRIPT") {  // SCRIPT FLUSH; EVAL puts it back.
            const Reply again =
                RunOne(connection, {"EVAL", kSetIfNewer, "1", items[i].key, values[i]});
            is_written.push_back(Checked(again).integer == 1);
        } else {
            is_written.push_back(Checked(replies[i]).integer == 1);
        }
    }
    return is_written;
}

void Writer::Set(std::string_view key, std::string_view value) {
    Checked(RunOne(Connected(), {"SET", key, value}));
}

void Writer::Publish(std::string_view channel, std::span<const std::string> messages) {
    std::vector<Connection::Command> commands;
    for (const std::string& message : messages) commands.push_back({"PUBLISH", channel, message});
    for (const Reply& reply : Connected().Run(commands)) Checked(reply);
}

void Writer::Ping() { Checked(RunOne(Connected(), {"PING"})); }

}  // namespace bangkit::redis
