#pragma once

#include "bangkit/aid/v1/supervision_service.pb.h"
#include "libs/base/clock.h"
#include "libs/indonesia/regions.h"
#include "services/aid/api/checked.h"
#include "services/aid/storage/supervision/supervision_unit_of_work.h"

namespace bangkit::aid {

using CheckedSupervision = Checked<SupervisionCommand>;

/// INVALID_ARGUMENT with all that is wrong.
class SupervisionChecks {
public:
    /// Both must outlive it.
    SupervisionChecks(const indonesia::RegionTree& regions, const Clock& clock)
        : regions_(regions), clock_(clock) {}

    Result<CheckedSupervision> Check(const v1::PlanVisitRequest& request) const;
    Result<CheckedSupervision> Check(const v1::PlanVisitsRequest& request) const;
    Result<CheckedSupervision> Check(const v1::RecordVisitRequest& request) const;
    Result<CheckedSupervision> Check(const v1::CancelVisitRequest& request) const;
    Result<CheckedSupervision> Check(const v1::CloseApplicationRequest& request) const;
    Result<CheckedSupervision> Check(const v1::OpenRefundCaseRequest& request) const;
    Result<CheckedSupervision> Check(const v1::RecordRepaymentRequest& request) const;
    Result<CheckedSupervision> Check(const v1::TakeBackGoodsRequest& request) const;
    Result<CheckedSupervision> Check(const v1::DropRefundCaseRequest& request) const;

private:
    const indonesia::RegionTree& regions_;
    const Clock& clock_;
};

}  // namespace bangkit::aid
