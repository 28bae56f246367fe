#pragma once

#include <cstdint>

#include "services/cli/progress.h"
#include "services/cli/session.h"

namespace bangkit::cli {

// How many ask for it, and how many get it.
inline constexpr std::int64_t kRestructuringsAsked = 40;
inline constexpr std::int64_t kRestructuringsGranted = 30;
inline constexpr std::int64_t kHolidaysAsked = 60;
inline constexpr std::int64_t kHolidaysGranted = 48;

/// Lampung's help for those who owe: cooperatives whose loans LPDB restructures, and businesses
/// whose bank lets them pause their payments. Through the public interface alone, each step by
/// another person. Goes on where an earlier run ended; once all is done, it changes nothing. In
/// development only.
void RelieveDebtors(Session& session, ProgressLine& line);

}  // namespace bangkit::cli
