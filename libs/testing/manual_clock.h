#pragma once

#include <mutex>

#include "libs/base/clock.h"

namespace bangkit::testing {

/// Stands still until it is moved, from any thread.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Time now) : now_(now) {}

    Time Now() const override {
        const std::lock_guard lock(mutex_);
        return now_;
    }
    void Set(Time now) {
        const std::lock_guard lock(mutex_);
        now_ = now;
    }
    void Advance(Time::duration by) {
        const std::lock_guard lock(mutex_);
        now_ += by;
    }

private:
    mutable std::mutex mutex_;
    Time now_;
};

}  // namespace bangkit::testing
