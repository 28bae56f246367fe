#pragma once

#include <mutex>
#include <optional>
#include <utility>

#include "libs/base/result.h"

namespace bangkit::rpc {

/// How far a stream of lines is. Lines are answered by any thread, and the last ones perhaps after
/// the call: whoever answers shares it. `Summary` is what the caller is told, usually a message.
template <typename Summary>
class Tally {
public:
    void Count(auto change) {
        const std::lock_guard lock(mutex_);
        change(summary_);
    }
    Summary Now() const {
        const std::lock_guard lock(mutex_);
        return summary_;
    }

    /// Ends the call, though nothing is wrong with its lines. The first failure is kept.
    void Fail(Error error) {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::move(error);
    }
    std::optional<Error> failure() const {
        const std::lock_guard lock(mutex_);
        return failure_;
    }

private:
    mutable std::mutex mutex_;
    Summary summary_;
    std::optional<Error> failure_;
};

}  // namespace bangkit::rpc
