#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <cstddef>
#include <mutex>
#include <vector>

#include "libs/grpc/unary_call.h"
#include "services/dashboard/storage/served_dashboard.h"

namespace bangkit::dashboard {

/// Puts dashboards side by side that come one by one, from whichever threads, and answers when all
/// are there, or with the first error.
class Comparison {
public:
    Comparison(std::size_t regions, rpc::Reply<grpc::ByteBuffer> reply)
        : reply_(std::move(reply)), served_(regions), missing_(regions) {}

    /// Once per region, by its place in the answer.
    void Set(std::size_t place, Result<ServedDashboard> read);

private:
    const rpc::Reply<grpc::ByteBuffer> reply_;
    std::mutex mutex_;
    std::vector<ServedDashboard> served_;
    std::size_t missing_;
};

}  // namespace bangkit::dashboard
