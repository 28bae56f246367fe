#pragma once

#include "bangkit/aid/v1/application_service.pb.h"
#include "libs/base/clock.h"
#include "services/aid/api/checked.h"
#include "services/aid/storage/application/application_unit_of_work.h"

namespace bangkit::aid {

using CheckedApplication = Checked<ApplicationCommand>;

/// INVALID_ARGUMENT with all that is wrong. `now` goes into the ids that are made.
Result<CheckedApplication> Check(const v1::StartApplicationRequest& request, Time now);
Result<CheckedApplication> Check(const v1::StateFactsRequest& request, Time now);
Result<CheckedApplication> Check(const v1::SubmitApplicationRequest& request, Time now);
Result<CheckedApplication> Check(const v1::CheckDocumentsRequest& request, Time now);
Result<CheckedApplication> Check(const v1::RecordSurveyRequest& request, Time now);
Result<CheckedApplication> Check(const v1::ReturnApplicationRequest& request, Time now);
Result<CheckedApplication> Check(const v1::ApproveApplicationRequest& request, Time now);
Result<CheckedApplication> Check(const v1::RejectApplicationRequest& request, Time now);
Result<CheckedApplication> Check(const v1::WithdrawApplicationRequest& request, Time now);
Result<CheckedApplication> Check(const v1::CancelApplicationRequest& request, Time now);

}  // namespace bangkit::aid
