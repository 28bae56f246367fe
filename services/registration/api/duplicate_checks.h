#pragma once

#include <string>

#include "bangkit/registration/v1/duplicate_service.pb.h"
#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/registration/domain/merge.h"

namespace bangkit::registration {

/// A command whose shape is right, and the id under which its answer is kept.
struct CheckedDuplicate {
    std::string request_id;
    DuplicateCommand command;
};

/// INVALID_ARGUMENT with all that is wrong. `now` goes into the ids that are made.
Result<CheckedDuplicate> Check(const v1::AssignDuplicateRequest& request, Time now);
Result<CheckedDuplicate> Check(const v1::ConfirmDuplicateRequest& request, Time now);
Result<CheckedDuplicate> Check(const v1::RejectDuplicateRequest& request, Time now);
Result<CheckedDuplicate> Check(const v1::MergeBusinessesRequest& request, Time now);
Result<CheckedDuplicate> Check(const v1::UndoMergeRequest& request, Time now);

}  // namespace bangkit::registration
