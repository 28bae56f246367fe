#pragma once

#include "libs/timers/timer.h"
#include "services/aid/storage/loan/loan_unit_of_work.h"

namespace bangkit::aid {

/// Pays the bank's interest for each month of a loan that is over, one after the other. `loop` must
/// outlive it.
timers::Timer SubsidyMonths(command::CommandLoop<LoanUnitOfWork>& loop);

}  // namespace bangkit::aid
