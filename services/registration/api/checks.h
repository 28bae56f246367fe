#pragma once

#include <string>

#include "bangkit/registration/v1/registration_service.pb.h"
#include "libs/base/clock.h"
#include "libs/indonesia/region_history.h"
#include "libs/indonesia/regions.h"
#include "services/registration/domain/business.h"

namespace bangkit::registration {

class InputFields;

/// A command whose shape is right, and the id under which its answer is kept.
struct Checked {
    std::string request_id;
    Command command;
};

/// Turns requests into commands: checks the shape of every field, normalises it, and refuses with
/// all that is wrong.
class Checks {
public:
    Checks(const indonesia::RegionTree& regions, const Clock& clock)
        : regions_(regions), clock_(clock) {}

    Result<Checked> Check(const v1::RegisterBusinessRequest& request) const;
    Result<Checked> Check(const v1::ReportConditionRequest& request) const;
    Result<Checked> Check(const v1::UpdateBusinessRequest& request) const;
    Result<Checked> Check(const v1::VerifyBusinessRequest& request) const;
    Result<Checked> Check(const v1::ChangeGroupMembersRequest& request) const;
    /// The command must not outlive the regions.
    Result<Checked> Check(const v1::ApplyRegionChangeRequest& request) const;
    /// A registration that is idempotent by itself: a row of an import. Its request_id is not
    /// looked at.
    Result<RegisterBusiness> CheckRow(const v1::RegisterBusinessRequest& request) const;

private:
    InputFields NewFields() const;
    RegisterBusiness CheckRegistration(InputFields& fields,
                                       const v1::RegisterBusinessRequest& request) const;

    const indonesia::RegionTree& regions_;
    const Clock& clock_;
    const indonesia::RegionHistory& history_{regions_.history()};
};

}  // namespace bangkit::registration
