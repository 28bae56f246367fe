#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/ids.h"
#include "libs/grpc/client.h"

namespace bangkit::faults {

// Clients that never give up.

inline constexpr std::chrono::milliseconds kPause{20};

inline std::string NewRequestId() { return NewId(std::chrono::system_clock::now()); }

/// Where the services are gone for a moment, or full.
inline bool MayHelp(ErrorCode code) {
    return code == ErrorCode::kUnavailable || code == ErrorCode::kDeadlineExceeded ||
           code == ErrorCode::kResourceExhausted;
}
inline bool MayHelp(const grpc::Status& status) {
    return status.error_code() == grpc::StatusCode::CANCELLED ||
           MayHelp(rpc::FromStatus(status).code);
}

inline std::vector<std::string> Lines(std::istream& in) {
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

/// `use(i)` for 0 to `count`, by so many threads.
template <typename Use>
void InParallel(std::size_t count, int threads_max, const Use& use) {
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < threads_max; ++i) {
        threads.emplace_back([&] {
            for (std::size_t at = next++; at < count; at = next++) use(at);
        });
    }
}

/// There is no refusal to be expected: it ends the program.
[[noreturn]] inline void Surrender(const grpc::Status& status) {
    const Error error = rpc::FromStatus(status);
    std::fprintf(stderr, "unexpected answer: %s: %s\n", error.reason.c_str(),
                 error.message.c_str());
    std::exit(1);
}

/// Until the answer is one: `attempt(context)` makes the call once.
template <typename Attempt>
void UntilAnswered(const std::string& token, std::chrono::seconds limit, const Attempt& attempt) {
    for (;;) {
        grpc::ClientContext context;
        rpc::Prepare(context, token, limit);
        const grpc::Status status = attempt(context);
        if (status.ok()) return;
        if (!MayHelp(status)) Surrender(status);
        std::this_thread::sleep_for(kPause);
    }
}

}  // namespace bangkit::faults
