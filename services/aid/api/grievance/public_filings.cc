#include "services/aid/api/grievance/public_filings.h"

#include <algorithm>

namespace bangkit::aid {

bool PublicFilings::Take(std::string_view region_code) {
    constexpr std::size_t kCityLength = 5;  // "36.74"
    const Time now = clock_.Now();
    const Time last = now + kAtOnce * kForEach;
    const std::lock_guard lock(mutex_);
    Time& used_until = used_until_[std::string(region_code.substr(0, kCityLength))];
    // A clock that was set back must not leave it used up for as long.
    used_until = std::clamp(used_until, now, last);
    if (used_until + kForEach > last) return false;
    used_until += kForEach;
    return true;
}

}  // namespace bangkit::aid
