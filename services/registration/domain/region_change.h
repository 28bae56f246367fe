#pragma once

#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// FAILED_PRECONDITION, REGION_UNCHANGED: the region is one of today, or was never one.
Result<void> CheckIsFormer(const ApplyRegionChange& command);

/// Where the business goes. No events: its region is of today, or has become several regions, and
/// which one it is cannot be told by its code.
Events Decide(const Business& business, const ApplyRegionChange& command, Time now);

/// True if the business has a code of before that became several.
bool IsUndecided(const Business& business, const ApplyRegionChange& command);

}  // namespace bangkit::registration
