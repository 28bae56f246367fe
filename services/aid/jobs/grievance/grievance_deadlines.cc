#include "services/aid/jobs/grievance/grievance_deadlines.h"

namespace bangkit::aid {

timers::Timer GrievanceDeadlines(command::CommandLoop<GrievanceUnitOfWork>& loop) {
    return {
        .name = "grievances",
        .find = timers::FindDue("grievances", "grievance_id"),
        .fire = timers::Commands(loop, "bangkit-aid", "PassDeadline", [](const timers::Due& due) {
            return GrievanceCommand{.grievance_id = due.id,
                                    .expected_version = due.version,
                                    .deed = PassDeadline{.now = due.now}};
        })};
}

}  // namespace bangkit::aid
