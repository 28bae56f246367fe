#include "services/aid/jobs/nomination/nominee_deadlines.h"

namespace bangkit::aid {

timers::Timer NomineeDeadlines(command::CommandLoop<NominationUnitOfWork>& loop) {
    return {
        .name = "nominees",
        .find = timers::FindDue("nominees", "application_id"),
        .fire = timers::Commands(loop, "bangkit-aid", "ExpireNominee", [](const timers::Due& due) {
            return NominationCommand{
                .batch_id = {},
                .application_id = due.id,
                .deed = ExpireNominee{.expected_version = due.version, .now = due.now}};
        })};
}

}  // namespace bangkit::aid
