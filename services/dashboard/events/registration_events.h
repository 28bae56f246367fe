#pragma once

#include <string_view>

#include "libs/base/result.h"
#include "libs/indonesia/regions.h"
#include "libs/messaging/inbox.h"
#include "services/dashboard/domain/business.h"

namespace bangkit::dashboard {

inline constexpr std::string_view kBusinessAggregate = "business";

/// What an event of aggregate "business" says. INVALID_ARGUMENT with reason EVENT_INVALID if it
/// says nothing that can be counted: of a type that is not known here, unreadable, or with a
/// region, a category or a time that does not exist.
Result<BusinessEvent> ParseBusinessEvent(const messaging::ReceivedEvent& event,
                                         const indonesia::RegionTree& regions);

}  // namespace bangkit::dashboard
