#pragma once

#include <chrono>

namespace bangkit {

using Time = std::chrono::system_clock::time_point;
using Date = std::chrono::sys_days;

/// The time of day comes in through constructors, so that tests can set it.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Time Now() const = 0;
};

class SystemClock final : public Clock {
public:
    Time Now() const override { return std::chrono::system_clock::now(); }
};

}  // namespace bangkit
