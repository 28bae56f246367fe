#pragma once

#include <cstdint>

#include "services/cli/progress.h"
#include "services/cli/session.h"

namespace bangkit::cli {

inline constexpr std::int64_t kIncentiveTotal = 2'000'000'000;
inline constexpr std::int64_t kIncentiveBusinesses = 1'683;
inline constexpr std::int64_t kIncentiveCooperatives = 80;
inline constexpr std::int64_t kIncentiveRecipients = kIncentiveBusinesses + kIncentiveCooperatives;
inline constexpr std::int64_t kIncentiveEach = kIncentiveTotal / kIncentiveRecipients;

/// Lampung's incentive, in equal shares for the affected businesses and cooperatives that are
/// registered: from the application over survey and approval to the bank and back, through the
/// public interface alone, each step by another person, as the rules ask. Goes on where an earlier
/// run ended; once all are paid, it changes nothing. In development only.
void GiveIncentive(Session& session, ProgressLine& line);

}  // namespace bangkit::cli
