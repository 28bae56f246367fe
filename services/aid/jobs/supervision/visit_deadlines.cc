#include "services/aid/jobs/supervision/visit_deadlines.h"

namespace bangkit::aid {

timers::Timer VisitDeadlines(command::CommandLoop<SupervisionUnitOfWork>& loop) {
    return {
        .name = "visits",
        // The midnight behind the last day, and which day that was.
        .find =
            "SELECT visit_id, version, region_code,"
            "       (planned_for + 1)::timestamp AT TIME ZONE 'Asia/Jakarta'"
            "  FROM visits"
            " WHERE state = 1 AND NOT is_overdue"
            "   AND planned_for < (now() AT TIME ZONE 'Asia/Jakarta')::date"
            "   AND (planned_for, visit_id)"
            "       > (($1::timestamptz AT TIME ZONE 'Asia/Jakarta')::date - 1, $2)"
            " ORDER BY planned_for, visit_id LIMIT $3",
        .fire = timers::Commands(loop, "bangkit-aid", "ExpireVisit", [](const timers::Due& due) {
            return SupervisionCommand{
                .id = due.id, .expected_version = due.version, .deed = ExpireVisit{.now = due.now}};
        })};
}

}  // namespace bangkit::aid
