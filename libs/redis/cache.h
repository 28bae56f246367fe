#pragma once

#include <prometheus/registry.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/result.h"

namespace bangkit::redis {

class Connection;
struct Address;

struct CacheOptions {
    std::string address;                         // "host:port".
    std::chrono::milliseconds timeout{50};       // Of a batch, and of connecting.
    std::chrono::milliseconds retry_after{200};  // Between attempts to reach a server that is away.
    std::size_t batch_max = 256;                 // Requests in one pipeline.
    std::size_t queue_max = 8192;                // Requests that may wait.
};

/// Reads for handlers that must not wait: one thread takes everything that is asked for meanwhile,
/// sends it in one pipeline and answers everybody. While the server is away nobody waits for it:
/// Get() answers at once, and only the thread itself tries the server again, so the circuit closes
/// without costing a caller anything.
class Cache {
public:
    /// One value per key; nullopt for a key that does not exist.
    using Values = std::vector<std::optional<std::string>>;
    using Done = std::move_only_function<void(Result<Values>)>;

    Cache(CacheOptions options, prometheus::Registry& metrics);
    /// What still waits is answered with kUnavailable.
    ~Cache();

    /// Never blocks and never throws for want of a server: `done` gets kUnavailable
    /// "CACHE_UNAVAILABLE" if it is away, too slow, or the queue is full. `done` must not block; it
    /// is called once, by the cache's thread, or within Get() if that already knows that the answer
    /// is kUnavailable.
    void Get(std::vector<std::string> keys, Done done);

    /// False from a failure until the server has answered again.
    bool IsUp() const;

private:
    struct Request {
        std::vector<std::string> keys;
        Done done;
    };
    struct Metrics;

    void Run(const std::stop_token& stop);
    void Serve(Connection& connection, const std::stop_token& stop);
    std::vector<Request> Take(const std::stop_token& stop);
    void SetUp(bool is_up);
    void RefuseWaiting();
    void Refuse(Request& request);

    const CacheOptions options_;
    const std::unique_ptr<const Address> address_;
    const std::unique_ptr<const Metrics> metrics_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    bool is_up_ = true;  // Until the first attempt says otherwise.
    std::deque<Request> waiting_;
    std::jthread thread_;  // Last: it uses all of the above.
};

}  // namespace bangkit::redis
