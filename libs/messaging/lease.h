#pragma once

#include <chrono>
#include <cstdint>

#include "libs/postgres/connection.h"

namespace bangkit::messaging {

/// The right to relay this database's outbox. At most one process holds it at a time, by the
/// database's clock. Whoever loses it without noticing (a long pause, say) is stopped by the epoch,
/// which saves work only: what was sent twice, consumers drop by version.
class Lease {
public:
    /// True if held: taken because it was free or expired, or ours and renewed every half second.
    /// Call it often, also while waiting for something else.
    bool Acquire(postgres::Connection& connection);
    /// On a clean shutdown: the next process need not wait for the lease to expire.
    void Release(postgres::Connection& connection);
    void Forget() { epoch_ = kNone; }
    std::int64_t epoch() const { return epoch_; }

private:
    static constexpr std::int64_t kNone = -1;  // Equal to no epoch.
    static constexpr std::int64_t kMillis = 2'000;
    static constexpr std::chrono::milliseconds kRenewEvery{500};

    std::int64_t epoch_ = kNone;
    std::chrono::steady_clock::time_point renew_at_;
};

}  // namespace bangkit::messaging
