#pragma once

#include <string>

#include "bangkit/registration/v1/need_service.pb.h"
#include "libs/base/clock.h"
#include "libs/indonesia/region_history.h"
#include "services/registration/domain/need.h"

namespace bangkit::registration {

/// A command whose shape is right, and the id under which its answer is kept.
struct CheckedNeed {
    std::string request_id;
    NeedCommand command;
};

/// What requests about needs are checked against.
struct NeedChecks {
    const indonesia::RegionHistory& regions;
    const Clock& clock;
};

/// INVALID_ARGUMENT with all that is wrong.
Result<CheckedNeed> Check(const NeedChecks& checks, const v1::StateNeedRequest& request);
Result<CheckedNeed> Check(const NeedChecks& checks, const v1::VerifyNeedRequest& request);
Result<CheckedNeed> Check(const NeedChecks& checks, const v1::AccommodateNeedRequest& request);
Result<CheckedNeed> Check(const NeedChecks& checks, const v1::DeclineNeedRequest& request);

}  // namespace bangkit::registration
