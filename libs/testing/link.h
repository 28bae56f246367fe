#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace bangkit::testing {

/// A TCP link to a server of this machine that can be broken: programs connect to port() instead of
/// the server's own.
class Link {
public:
    explicit Link(std::uint16_t server_port);
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    std::uint16_t port() const { return port_; }

    /// From now on the server hears everything, and nobody hears the server.
    void SwallowAnswers() { swallows_ = true; }
    /// Breaks all connections. New ones are refused until Restore().
    void Cut();
    void Restore();

private:
    struct Pair {
        int client;
        int server;
    };
    void Run(const std::stop_token& stop);
    void Accept();
    bool Forward(const Pair& pair, bool client_spoke, bool server_spoke);
    void CloseAll();

    const std::uint16_t server_port_;
    std::uint16_t port_ = 0;
    int listener_ = -1;
    std::vector<Pair> pairs_;  // The thread's own.
    std::atomic<bool> swallows_ = false;
    std::atomic<bool> is_cut_ = false;
    std::atomic<bool> is_quiet_ = false;  // The thread has seen is_cut_.
    std::jthread thread_;
};

}  // namespace bangkit::testing
