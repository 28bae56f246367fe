#pragma once

#include <optional>

#include "services/registration/domain/business.h"
#include "services/registration/domain/need.h"

namespace bangkit::registration {

/// FAILED_PRECONDITION, REGION_UNCHANGED: the region is one of today, or was never one.
Result<void> CheckIsFormer(const ApplyRegionChange& command);

/// Where the business goes. No events: its region is of today, or has become several regions, and
/// which one it is cannot be told by its code.
Events Decide(const Business& business, const ApplyRegionChange& command, Time now);

/// Where the need goes, of which nobody decides where it lies: into all that has taken over.
/// nullopt: its region is of today, or has become several that have nothing around them but the
/// country.
std::optional<NeedEvent> Decide(const Need& need, const ApplyRegionChange& command, Time now);

/// True if the business has a code of before that became several.
bool IsUndecided(const Business& business, const ApplyRegionChange& command);

}  // namespace bangkit::registration
