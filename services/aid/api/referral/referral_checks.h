#pragma once

#include "bangkit/aid/v1/referral_service.pb.h"
#include "libs/base/clock.h"
#include "services/aid/api/checked.h"
#include "services/aid/storage/referral/referral_unit_of_work.h"

namespace bangkit::aid {

using CheckedReferral = Checked<ReferralCommand>;

// INVALID_ARGUMENT with all that is wrong. `now`: of the process, for days that must have been, and
// for new ids.
Result<CheckedReferral> Check(const v1::MakeAgreementRequest& request, Time now);
Result<CheckedReferral> Check(const v1::EndAgreementRequest& request, Time now);
Result<CheckedReferral> Check(const v1::ReferApplicationRequest& request, Time now);
Result<CheckedReferral> Check(const v1::AnswerReferralRequest& request, Time now);
Result<CheckedReferral> Check(const v1::EndReferralRequest& request, Time now);

}  // namespace bangkit::aid
