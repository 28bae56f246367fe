#pragma once

#include "bangkit/aid/v1/program_service.pb.h"
#include "libs/base/clock.h"
#include "libs/indonesia/regions.h"
#include "services/aid/api/checked.h"
#include "services/aid/domain/program/program.h"

namespace bangkit::aid {

using CheckedProgram = Checked<ProgramCommand>;

/// What requests about programmes are checked against. Each check gives INVALID_ARGUMENT with all
/// that is wrong, or a command.
class ProgramChecks {
public:
    /// Both must outlive it.
    ProgramChecks(const indonesia::RegionTree& regions, const Clock& clock)
        : regions_(regions), clock_(clock) {}

    Result<CheckedProgram> Check(const v1::CreateProgramRequest& request) const;
    Result<CheckedProgram> Check(const v1::ReplaceProgramRulesRequest& request) const;
    Result<CheckedProgram> Check(const v1::OpenProgramRequest& request) const;
    Result<CheckedProgram> Check(const v1::PauseProgramRequest& request) const;
    Result<CheckedProgram> Check(const v1::CloseProgramRequest& request) const;
    Result<CheckedProgram> Check(const v1::SettleProgramRequest& request) const;

private:
    const indonesia::RegionTree& regions_;
    const Clock& clock_;
};

}  // namespace bangkit::aid
