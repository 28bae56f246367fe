#pragma once

#include <cstdint>

#include "libs/command/command_loop.h"
#include "services/aid/storage/application_unit_of_work.h"

namespace bangkit::aid {

/// Rejects up to `limit` applications that nobody has put right by their last day; returns how
/// many. A day is over when it is so by the clock of this process and by that of the database. Any
/// number of servers may do it at the same time: each application is rejected once.
std::int64_t ExpireCorrections(postgres::Connection& connection,
                               command::CommandLoop<ApplicationUnitOfWork>& loop,
                               const Clock& clock, std::int64_t limit);

}  // namespace bangkit::aid
