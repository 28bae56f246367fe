#pragma once

#include "bangkit/aid/v1/nomination_service.pb.h"
#include "libs/base/clock.h"
#include "libs/indonesia/regions.h"
#include "services/aid/api/checked.h"
#include "services/aid/storage/nomination/nomination_unit_of_work.h"

namespace bangkit::aid {

using CheckedNomination = Checked<NominationCommand>;

/// INVALID_ARGUMENT with all that is wrong.
class NominationChecks {
public:
    /// Both must outlive it.
    NominationChecks(const indonesia::RegionTree& regions, const Clock& clock)
        : regions_(regions), clock_(clock) {}

    Result<CheckedNomination> Check(const v1::StateNomineeRecordRequest& request) const;
    Result<CheckedNomination> Check(const v1::OpenNominationBatchRequest& request) const;
    Result<CheckedNomination> Check(const v1::AddNomineesRequest& request) const;
    Result<CheckedNomination> Check(const v1::SendNominationBatchRequest& request) const;
    Result<CheckedNomination> Check(const v1::OpenCorrectionWindowRequest& request) const;
    Result<CheckedNomination> Check(const v1::RecordDecreeRequest& request) const;
    Result<CheckedNomination> Check(const v1::WithdrawNomineeRequest& request) const;

private:
    const indonesia::RegionTree& regions_;
    const Clock& clock_;
};

}  // namespace bangkit::aid
