#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bangkit::http {

/// A client that sends what it is told, byte by byte if need be.
class Client {
public:
    explicit Client(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        const timeval patience{.tv_sec = 30, .tv_usec = 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("cannot connect");
        }
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client() { close(socket_); }

    /// False if the server has closed.
    bool Send(std::string_view text) {
        while (!text.empty()) {
            const ssize_t count = send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (count <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    /// The next response, head and body; less if the server closes before its end.
    std::string Read() {
        std::size_t end = std::string::npos;
        while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
            if (!Receive()) return Take(received_.size());
        }
        constexpr std::string_view kLength = "Content-Length: ";
        const auto length = received_.find(kLength);
        std::size_t size = end + 4;
        if (length < end) size += std::stoul(received_.substr(length + kLength.size()));
        while (received_.size() < size && Receive()) {
        }
        return Take(size);
    }

    /// True once the server has closed and everything is read.
    bool IsClosed() { return received_.empty() && !Receive(); }

    std::string Ask(std::string_view request) {
        Send(request);
        return Read();
    }

private:
    bool Receive() {
        std::array<char, 4096> bytes;
        const ssize_t count = recv(socket_, bytes.data(), bytes.size(), 0);
        if (count > 0) received_.append(bytes.data(), static_cast<std::size_t>(count));
        return count > 0;
    }
    std::string Take(std::size_t size) {
        std::string taken = received_.substr(0, size);
        received_.erase(0, size);
        return taken;
    }

    const int socket_;
    std::string received_;
};

inline std::string Get(std::string_view path) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n\r\n";
}

inline int StatusOf(const std::string& response) {
    return response.starts_with("HTTP/1.1 ") ? std::stoi(response.substr(9)) : 0;
}

inline std::string BodyOf(const std::string& response) {
    const auto end = response.find("\r\n\r\n");
    return end == std::string::npos ? "" : response.substr(end + 4);
}

}  // namespace bangkit::http
