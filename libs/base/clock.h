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

/// The system's clock, wrong by as much: for tests of what a wrong clock does.
class WrongClock final : public Clock {
public:
    explicit WrongClock(std::chrono::seconds offset) : offset_(offset) {}
    Time Now() const override { return std::chrono::system_clock::now() + offset_; }

private:
    const std::chrono::seconds offset_;
};

}  // namespace bangkit
