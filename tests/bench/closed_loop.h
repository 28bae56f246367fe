#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace grpc {
class Channel;
}

namespace bangkit::bench {

struct LoopOptions {
    std::string address;
    std::string token;
    std::string method;  // "/package.Service/Method"
    int callers = 1;     // Each begins its next call when the last one has ended.
    double seconds = 1;  // After the first, which is not counted.
};

/// A server lets 100 calls at a time through one connection: as many connections as the callers
/// need.
std::vector<std::shared_ptr<grpc::Channel>> Connect(const std::string& address, int callers);

/// Prints the rate and the latencies. `make_request` gets 0, 1, 2 ... from many threads. Throws if
/// a call failed.
void RunClosedLoop(const LoopOptions& options,
                   const std::function<grpc::ByteBuffer(std::uint64_t)>& make_request);

}  // namespace bangkit::bench
