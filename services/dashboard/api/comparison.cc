#include "services/dashboard/api/comparison.h"

#include <utility>

#include "services/dashboard/api/wire.h"

namespace bangkit::dashboard {

void Comparison::Set(std::size_t place, Result<ServedDashboard> read) {
    if (!read) return reply_(std::unexpected(std::move(read.error())));
    {
        const std::lock_guard lock(mutex_);
        served_[place] = *std::move(read);
        if (--missing_ > 0) return;
    }
    reply_(ToCompareRegionsResponse(served_));  // Nobody sets anything any more.
}

}  // namespace bangkit::dashboard
