#pragma once

#include <string_view>

#include "libs/base/result.h"
#include "libs/indonesia/regions.h"
#include "libs/messaging/inbox.h"
#include "services/dashboard/domain/need.h"

namespace bangkit::dashboard {

inline constexpr std::string_view kNeedAggregate = "need";

/// What an event of aggregate "need" says. EVENT_INVALID as of ParseBusinessEvent().
Result<NeedEvent> ParseNeedEvent(const messaging::ReceivedEvent& event,
                                 const indonesia::RegionTree& regions);

}  // namespace bangkit::dashboard
