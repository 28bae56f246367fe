#pragma once

#include "libs/timers/timer.h"
#include "services/aid/storage/supervision/supervision_unit_of_work.h"

namespace bangkit::aid {

/// Says of refunds that are not back by their last day that they are overdue. `loop` must outlive
/// it.
timers::Timer RefundDeadlines(command::CommandLoop<SupervisionUnitOfWork>& loop);

}  // namespace bangkit::aid
