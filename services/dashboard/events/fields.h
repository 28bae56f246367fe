#pragma once

#include <cstdint>
#include <string>

#include "libs/base/result.h"
#include "libs/indonesia/regions.h"
#include "services/dashboard/domain/month.h"

namespace google::protobuf {
class Timestamp;
}

namespace bangkit::dashboard {

// What the events of all services have in common.

/// INVALID_ARGUMENT with reason EVENT_INVALID: the event says nothing that can be counted.
std::unexpected<Error> Invalid(const std::string& what);

/// The region exists, or existed once: what happened in a region that is no more happened there.
Result<void> CheckRegion(const std::string& region_code, const indonesia::RegionTree& regions);
/// The same, and it is not the whole country.
Result<void> CheckRegionBelowCountry(const std::string& region_code,
                                     const indonesia::RegionTree& regions);

/// Rupiah, or a number of something: not below zero, and no more than a budget can hold.
Result<void> CheckAmount(std::int64_t amount);

/// How many whole hours passed. Clocks of two servers may differ: never fewer than none. Both times
/// are from 2000 to 2199, or it is a mistake.
Result<std::int64_t> WholeHours(const google::protobuf::Timestamp& from,
                                const google::protobuf::Timestamp& to);

/// The month in which it happened, from 2000 to 2199: what lies outside is a mistake.
Result<Month> ToMonth(const google::protobuf::Timestamp& occurred_at);

}  // namespace bangkit::dashboard
