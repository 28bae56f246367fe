#pragma once

#include <chrono>
#include <cstdint>

#include "libs/postgres/connection.h"

namespace bangkit::registration {

/// How long a submission waits for the registration of its business.
inline constexpr std::chrono::days kIntakeWaitMax{90};

/// Forgets up to `limit` submissions that have waited for longer, as if they had never been sent:
/// nobody is known whose data they are, so no erasure would find them. Their devices have them
/// still, and may send them again. With the last one of a business goes the key that sealed them.
/// Returns how many. By the clock of the database.
std::int64_t ForgetWhatWaitsInVain(postgres::Connection& connection, std::int64_t limit);

}  // namespace bangkit::registration
