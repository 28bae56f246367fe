#pragma once

#include "libs/timers/timer.h"
#include "services/aid/storage/referral/referral_unit_of_work.h"

namespace bangkit::aid {

/// Escalates what partners have not answered by its last day. `loop` must outlive it.
timers::Timer ReferralDeadlines(command::CommandLoop<ReferralUnitOfWork>& loop);

}  // namespace bangkit::aid
