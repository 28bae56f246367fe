#pragma once

#include <string_view>

#include "libs/base/result.h"
#include "libs/indonesia/regions.h"
#include "libs/messaging/inbox.h"
#include "services/dashboard/domain/aid.h"

namespace bangkit::dashboard {

inline constexpr std::string_view kProgramAggregate = "program";
inline constexpr std::string_view kBudgetAggregate = "budget";
inline constexpr std::string_view kApplicationAggregate = "application";

// What events of aid say, each of its own aggregate. EVENT_INVALID as of ParseBusinessEvent().
Result<ProgramEvent> ParseProgramEvent(const messaging::ReceivedEvent& event,
                                       const indonesia::RegionTree& regions);
Result<BudgetEvent> ParseBudgetEvent(const messaging::ReceivedEvent& event,
                                     const indonesia::RegionTree& regions);
Result<ApplicationEvent> ParseApplicationEvent(const messaging::ReceivedEvent& event,
                                               const indonesia::RegionTree& regions);

}  // namespace bangkit::dashboard
