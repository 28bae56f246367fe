#pragma once

#include "libs/timers/timer.h"
#include "services/aid/storage/grievance/grievance_unit_of_work.h"

namespace bangkit::aid {

/// Takes grievances whose deadline is over where they go: up to the province, onto the list of
/// what is overdue, or to their end. `loop` must outlive it.
timers::Timer GrievanceDeadlines(command::CommandLoop<GrievanceUnitOfWork>& loop);

}  // namespace bangkit::aid
