#pragma once

#include "bangkit/aid/v1/grievance_service.pb.h"
#include "libs/base/clock.h"
#include "libs/grpc/call.h"
#include "libs/indonesia/regions.h"
#include "services/aid/api/checked.h"
#include "services/aid/storage/grievance/grievance_unit_of_work.h"

namespace bangkit::aid {

using CheckedGrievance = Checked<GrievanceCommand>;

/// INVALID_ARGUMENT with all that is wrong.
class GrievanceChecks {
public:
    /// Both must outlive it.
    GrievanceChecks(const indonesia::RegionTree& regions, const Clock& clock)
        : regions_(regions), clock_(clock) {}

    /// What officers may say of it is not for the reporter to say.
    Result<CheckedGrievance> Check(const v1::FileGrievanceRequest& request,
                                   const rpc::Call& call) const;
    Result<CheckedGrievance> Check(const v1::AcceptGrievanceRequest& request) const;
    Result<CheckedGrievance> Check(const v1::AnswerGrievanceRequest& request) const;
    Result<CheckedGrievance> Check(const v1::CloseGrievanceRequest& request) const;
    Result<CheckedGrievance> Check(const v1::EvaluateGrievanceRequest& request) const;
    Result<CheckedGrievance> Check(const v1::RevealReporterRequest& request) const;
    Result<CheckedGrievance> Check(const v1::ReplyToAnswerRequest& request) const;

    /// REQUIRED if it is, REGION_UNKNOWN.
    std::string Region(rpc::FieldChecker& fields, const std::string& code,
                       rpc::Presence presence) const;

private:
    Date Today() const;

    const indonesia::RegionTree& regions_;
    const Clock& clock_;
};

}  // namespace bangkit::aid
