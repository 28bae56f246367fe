#include "services/dashboard/events/fields.h"

#include <google/protobuf/timestamp.pb.h>

#include <chrono>

#include "libs/indonesia/region_history.h"

namespace bangkit::dashboard {
namespace {

// What lies outside would be the one month with data far from all others. In seconds, as in the
// message: as a Time, a wild number would overflow.
constexpr std::chrono::seconds kFirst = Date(std::chrono::year(2000) / 1 / 1).time_since_epoch();
constexpr std::chrono::seconds kEnd = Date(std::chrono::year(2200) / 1 / 1).time_since_epoch();

}  // namespace

std::unexpected<Error> Invalid(const std::string& what) {
    return Refused(ErrorCode::kInvalidArgument, "EVENT_INVALID", what);
}

Result<void> CheckRegion(const std::string& region_code, const indonesia::RegionTree& regions) {
    if (!regions.history().Knows(region_code)) return Invalid("the region does not exist");
    return {};
}

Result<void> CheckRegionBelowCountry(const std::string& region_code,
                                     const indonesia::RegionTree& regions) {
    if (region_code == indonesia::kCountryCode) return Invalid("the region does not exist");
    return CheckRegion(region_code, regions);
}

Result<Month> ToMonth(const google::protobuf::Timestamp& occurred_at) {
    const std::chrono::seconds seconds(occurred_at.seconds());
    if (seconds < kFirst || seconds >= kEnd) {
        return Invalid("occurred_at is missing or out of range");
    }
    return MonthOf(Time(seconds));
}

}  // namespace bangkit::dashboard
