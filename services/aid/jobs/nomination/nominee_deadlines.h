#pragma once

#include "libs/timers/timer.h"
#include "services/aid/storage/nomination/nomination_unit_of_work.h"

namespace bangkit::aid {

/// Rejects those who are nominated and whom nobody has put right by the last day of their window.
/// `loop` must outlive it.
timers::Timer NomineeDeadlines(command::CommandLoop<NominationUnitOfWork>& loop);

}  // namespace bangkit::aid
