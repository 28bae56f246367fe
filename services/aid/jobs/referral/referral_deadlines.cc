#include "services/aid/jobs/referral/referral_deadlines.h"

namespace bangkit::aid {

timers::Timer ReferralDeadlines(command::CommandLoop<ReferralUnitOfWork>& loop) {
    return {.name = "referrals",
            .find = timers::FindDue("referrals", "referral_id"),
            .fire = timers::Commands(
                loop, "bangkit-aid", "EscalateReferral", [](const timers::Due& due) {
                    return ReferralCommand{.id = due.id,
                                           .expected_version = due.version,
                                           .deed = EscalateReferral{.now = due.now}};
                })};
}

}  // namespace bangkit::aid
