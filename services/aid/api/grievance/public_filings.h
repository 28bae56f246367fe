#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "libs/base/clock.h"

namespace bangkit::aid {

/// How often those who have no account may file a grievance of a city, or of a province as such:
/// so many at once, and one more whenever so much time has passed. Nobody can flood the agencies of
/// a city by it, or keep anybody else from filing in another one. Any number of threads may ask.
class PublicFilings {
public:
    static constexpr int kAtOnce = 30;
    static constexpr std::chrono::seconds kForEach{10};

    /// It must outlive this.
    explicit PublicFilings(const Clock& clock) : clock_(clock) {}

    /// False: too many have come lately.
    bool Take(std::string_view region_code);

private:
    const Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, Time> used_until_;  // When none of it is used any more.
};

}  // namespace bangkit::aid
