#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace bangkit {

/// Named places in the code where a test makes the process die, fail or stop for a while. Without a
/// specification they do nothing; outside development a process refuses to start with one.
class Failpoints {
public:
    Failpoints() = default;
    /// "name=action[@n],...": action is kill (SIGKILL), throw (std::runtime_error) or
    /// sleep:MILLISECONDS; at the n-th hit only, else at every hit. Throws std::invalid_argument if
    /// it makes no sense.
    explicit Failpoints(std::string_view specification);

    void Hit(std::string_view name) const {
        if (!points_.empty()) HitKnown(name);
    }
    bool IsActive() const { return !points_.empty(); }

private:
    struct Point {
        std::string action;
        std::int64_t at_hit = 0;  // 0: every one.
        mutable std::atomic<std::int64_t> hits = 0;
    };
    void HitKnown(std::string_view name) const;

    std::map<std::string, Point, std::less<>> points_;
};

}  // namespace bangkit
