#pragma once

#include <arpa/inet.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>

namespace bangkit::redis {

/// The server that tests/run started, shared with other tests: use keys of your own.
inline std::string TestAddress() {
    const char* address = std::getenv("BANGKIT_TEST_REDIS");
    if (address == nullptr) throw std::runtime_error("BANGKIT_TEST_REDIS=host:port is not set");
    return address;
}

/// Waits until `condition` holds; false if it does not within half a minute.
inline bool Eventually(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

inline sockaddr_in Loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// A Redis of one test, to kill and to freeze. Keeps nothing on disk.
class RedisServer {
public:
    RedisServer() : port_(FreePort()) { Start(); }
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;
    ~RedisServer() { Kill(); }

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

    void Start() {
        const std::string port = std::to_string(port_);
        pid_ = fork();
        if (pid_ == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);  // It must not outlive a test that crashes.
            execlp("redis-server", "redis-server", "--port", port.c_str(), "--bind", "127.0.0.1",
                   "--save", "", "--appendonly", "no", "--logfile", "/dev/null", nullptr);
            _exit(127);
        }
    }
    void Kill() {
        if (pid_ <= 0) return;
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
        pid_ = 0;
    }
    /// Its kernel still takes connections and data; nobody answers.
    void Freeze() const {
        kill(pid_, SIGSTOP);
        int status = 0;
        waitpid(pid_, &status, WUNTRACED);
    }
    void Thaw() const { kill(pid_, SIGCONT); }

private:
    /// Below the ports that the kernel hands out to clients.
    static int FreePort() {
        std::uniform_int_distribution ports(20'000, 32'000);
        std::random_device random;
        while (true) {
            const int port = ports(random);
            const int listener = socket(AF_INET, SOCK_STREAM, 0);
            const sockaddr_in address = Loopback(port);
            const bool is_free =
                bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
            close(listener);
            if (is_free) return port;
        }
    }

    const int port_;
    pid_t pid_ = 0;
};

/// Takes connections and never answers.
class SilentServer {
public:
    SilentServer() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
        const sockaddr_in address = Loopback(0);
        if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
            listen(listener_, 1) != 0) {
            throw std::runtime_error("cannot listen");
        }
    }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    ~SilentServer() { close(listener_); }

    std::string address() const {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        return "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    }

    /// Takes the next connection, and does `meanwhile` until the client gives it up.
    void AcceptUntilClosed(const std::function<void()>& meanwhile) const {
        const int connection = accept(listener_, nullptr, nullptr);
        char byte = 0;
        while (recv(connection, &byte, 1, MSG_DONTWAIT) != 0) meanwhile();
        close(connection);
    }

private:
    const int listener_;
};

}  // namespace bangkit::redis
