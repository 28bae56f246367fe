#pragma once

#include <string_view>

#include "libs/base/result.h"
#include "libs/indonesia/regions.h"
#include "libs/messaging/inbox.h"
#include "services/dashboard/domain/measures.h"

namespace bangkit::dashboard {

/// Aggregates of aid that count as measures: stocks, loans, referrals, nominees, refunds, visits
/// and grievances.
bool IsMeasured(std::string_view aggregate_type);

/// What an event of one of them says. EVENT_INVALID as of ParseBusinessEvent().
Result<MeasuredEvent> ParseMeasuredEvent(const messaging::ReceivedEvent& event,
                                         const indonesia::RegionTree& regions);

}  // namespace bangkit::dashboard
