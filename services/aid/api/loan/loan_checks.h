#pragma once

#include "bangkit/aid/v1/loan_service.pb.h"
#include "libs/base/clock.h"
#include "services/aid/api/checked.h"
#include "services/aid/storage/loan/loan_unit_of_work.h"

namespace bangkit::aid {

using CheckedLoan = Checked<LoanCommand>;

// INVALID_ARGUMENT with all that is wrong. `now`: of the process, for days that must have been, and
// for new ids.
Result<CheckedLoan> Check(const v1::GrantLoanRequest& request, Time now);
Result<CheckedLoan> Check(const v1::RecordInstalmentRequest& request, Time now);
Result<CheckedLoan> Check(const v1::DeclareDefaultRequest& request, Time now);

}  // namespace bangkit::aid
