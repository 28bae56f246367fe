#include "services/aid/jobs/supervision/refund_deadlines.h"

namespace bangkit::aid {

timers::Timer RefundDeadlines(command::CommandLoop<SupervisionUnitOfWork>& loop) {
    return {
        .name = "refunds",
        // The midnight behind the last day, and which day that was.
        .find =
            "SELECT refund_id, version, region_code,"
            "       (due_on + 1)::timestamp AT TIME ZONE 'Asia/Jakarta'"
            "  FROM refund_cases"
            " WHERE state = 1 AND NOT is_overdue"
            "   AND due_on < (now() AT TIME ZONE 'Asia/Jakarta')::date"
            "   AND (due_on, refund_id)"
            "       > (($1::timestamptz AT TIME ZONE 'Asia/Jakarta')::date - 1, $2)"
            " ORDER BY due_on, refund_id LIMIT $3",
        .fire = timers::Commands(loop, "bangkit-aid", "ExpireRefund", [](const timers::Due& due) {
            return SupervisionCommand{.id = due.id,
                                      .expected_version = due.version,
                                      .deed = ExpireRefund{.now = due.now}};
        })};
}

}  // namespace bangkit::aid
