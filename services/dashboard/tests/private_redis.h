#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "libs/testing/eventually.h"
#include "libs/testing/process.h"

namespace bangkit::dashboard {

/// A Redis of one test, to kill, to freeze and to empty. Keeps nothing on disk.
class PrivateRedis {
public:
    PrivateRedis() : port_(std::to_string(FreePort())) { Start(); }

    std::string address() const { return "127.0.0.1:" + port_; }

    void Start() {
        process_.emplace(std::vector<std::string>{"/usr/bin/redis-server", "--port", port_,
                                                  "--bind", "127.0.0.1", "--save", "",
                                                  "--appendonly", "no"});
        if (!testing::Eventually([this] { return Ask({"PING"}) == "PONG"; })) {
            throw std::runtime_error("Redis does not start");
        }
    }
    void Kill() { process_.reset(); }
    void Freeze() { process_->Signal(SIGSTOP); }
    void Thaw() { process_->Signal(SIGCONT); }

    /// What redis-cli prints: "1", "OK" ...
    std::string Ask(std::vector<std::string> command) const {
        command.insert(command.begin(), {"/usr/bin/redis-cli", "-p", port_});
        testing::Process client(command);
        client.Wait();
        std::string output = client.Output();
        while (output.ends_with('\n')) output.pop_back();
        return output;
    }

private:
    /// Below the ports that the kernel hands out to clients.
    static int FreePort() {
        std::uniform_int_distribution ports(20'000, 32'000);
        std::random_device random;
        while (true) {
            const int port = ports(random);
            const int listener = socket(AF_INET, SOCK_STREAM, 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_port = htons(static_cast<std::uint16_t>(port));
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            const bool is_free =
                bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
            close(listener);
            if (is_free) return port;
        }
    }

    const std::string port_;
    std::optional<testing::Process> process_;
};

}  // namespace bangkit::dashboard
