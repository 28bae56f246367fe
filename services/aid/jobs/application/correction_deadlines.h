#pragma once

#include "libs/timers/timer.h"
#include "services/aid/storage/application/application_unit_of_work.h"

namespace bangkit::aid {

/// Rejects applications that nobody has put right by their last day. `loop` must outlive it.
timers::Timer CorrectionDeadlines(command::CommandLoop<ApplicationUnitOfWork>& loop);

}  // namespace bangkit::aid
