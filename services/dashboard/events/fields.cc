#include "services/dashboard/events/fields.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <chrono>

#include "libs/indonesia/region_history.h"

namespace bangkit::dashboard {
namespace {

// What lies outside would be the one month with data far from all others. In seconds, as in the
// message: as a Time, a wild number would overflow.
constexpr std::chrono::seconds kFirst = Date(std::chrono::year(2000) / 1 / 1).time_since_epoch();
constexpr std::chrono::seconds kEnd = Date(std::chrono::year(2200) / 1 / 1).time_since_epoch();
constexpr std::int64_t kAmountMax = 1'000'000'000'000'000;

bool IsInRange(const google::protobuf::Timestamp& time) {
    const std::chrono::seconds seconds(time.seconds());
    return seconds >= kFirst && seconds < kEnd;
}

std::chrono::nanoseconds ToDuration(const google::protobuf::Timestamp& time) {
    return std::chrono::seconds(time.seconds()) + std::chrono::nanoseconds(time.nanos());
}

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

Result<void> CheckAmount(std::int64_t amount) {
    if (amount < 0 || amount > kAmountMax) return Invalid("the amount is out of range");
    return {};
}

Result<std::int64_t> WholeHours(const google::protobuf::Timestamp& from,
                                const google::protobuf::Timestamp& to) {
    if (!IsInRange(from) || !IsInRange(to)) {
        return Invalid("the time from which somebody waited is missing or out of range");
    }
    const auto hours = std::chrono::floor<std::chrono::hours>(ToDuration(to) - ToDuration(from));
    return std::max<std::int64_t>(0, hours.count());
}

Result<Month> ToMonth(const google::protobuf::Timestamp& occurred_at) {
    if (!IsInRange(occurred_at)) return Invalid("occurred_at is missing or out of range");
    return MonthOf(Time(std::chrono::seconds(occurred_at.seconds())));
}

}  // namespace bangkit::dashboard
