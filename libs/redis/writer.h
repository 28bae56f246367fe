#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/redis/error.h"
#include "libs/redis/stamped.h"

namespace bangkit::redis {

class Connection;
struct Address;

/// Writes for one thread that may wait. The connection is made when it is needed, and anew after a
/// failure; every function throws RedisError if the server is away, refuses, or takes longer than
/// `timeout`.
class Writer {
public:
    struct Item {
        std::string key;
        Stamp stamp;
        std::string payload;
    };

    /// `address` is "host:port"; anything else throws SettingError.
    explicit Writer(std::string_view address,
                    std::chrono::milliseconds timeout = std::chrono::seconds(2));
    ~Writer();

    /// Stores each item, as Encode() writes it, unless the key holds an equal or newer stamp: true
    /// where it was stored. Writers may race and repeat themselves; the newest value wins. One
    /// round trip.
    std::vector<bool> SetIfNewer(std::span<const Item> items);

    void Set(std::string_view key, std::string_view value);
    /// One round trip for all messages.
    void Publish(std::string_view channel, std::span<const std::string> messages);
    void Ping();

private:
    Connection& Connected();

    const std::unique_ptr<const Address> address_;
    const std::chrono::milliseconds timeout_;
    std::unique_ptr<Connection> connection_;
    std::string script_;  // The name by which the server knows the script of SetIfNewer().
};

}  // namespace bangkit::redis
