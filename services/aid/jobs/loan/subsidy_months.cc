#include "services/aid/jobs/loan/subsidy_months.h"

namespace bangkit::aid {

timers::Timer SubsidyMonths(command::CommandLoop<LoanUnitOfWork>& loop) {
    return {
        .name = "subsidies",
        .find = timers::FindDue("loans", "loan_id"),
        .fire = timers::Commands(loop, "bangkit-aid", "AccrueSubsidy", [](const timers::Due& due) {
            return LoanCommand{.loan_id = due.id,
                               .expected_version = due.version,
                               .deed = AccrueSubsidy{.now = due.now}};
        })};
}

}  // namespace bangkit::aid
