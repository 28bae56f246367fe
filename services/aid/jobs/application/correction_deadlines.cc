#include "services/aid/jobs/application/correction_deadlines.h"

namespace bangkit::aid {

timers::Timer CorrectionDeadlines(command::CommandLoop<ApplicationUnitOfWork>& loop) {
    return {.name = "corrections",
            // The midnight behind the last day, and which day that was.
            .find =
                "SELECT application_id, version, region_code,"
                "       (correct_until + 1)::timestamp AT TIME ZONE 'Asia/Jakarta'"
                "  FROM applications"
                " WHERE correct_until < (now() AT TIME ZONE 'Asia/Jakarta')::date"
                "   AND (correct_until, application_id)"
                "       > (($1::timestamptz AT TIME ZONE 'Asia/Jakarta')::date - 1, $2)"
                " ORDER BY correct_until, application_id LIMIT $3",
            .fire = timers::Commands(
                loop, "bangkit-aid", "ExpireCorrection", [](const timers::Due& due) {
                    return ApplicationCommand{.application_id = due.id,
                                              .expected_version = due.version,
                                              .deed = ExpireCorrection{.now = due.now}};
                })};
}

}  // namespace bangkit::aid
