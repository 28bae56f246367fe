#pragma once

#include "libs/timers/timer.h"
#include "services/aid/storage/supervision/supervision_unit_of_work.h"

namespace bangkit::aid {

/// Says of visits that nobody has made by their last day that they are overdue. `loop` must outlive
/// it.
timers::Timer VisitDeadlines(command::CommandLoop<SupervisionUnitOfWork>& loop);

}  // namespace bangkit::aid
