#pragma once

#include "bangkit/aid/v1/ledger_service.pb.h"
#include "libs/base/clock.h"
#include "libs/indonesia/regions.h"
#include "services/aid/api/program/program_checks.h"

namespace bangkit::aid {

/// What requests about budgets are checked against. Each check gives INVALID_ARGUMENT with all that
/// is wrong, or a command.
class LedgerChecks {
public:
    /// Both must outlive it.
    LedgerChecks(const indonesia::RegionTree& regions, const Clock& clock)
        : regions_(regions), clock_(clock) {}

    Result<CheckedProgram> Check(const v1::AllocateBudgetRequest& request) const;
    Result<CheckedProgram> Check(const v1::ReviseBudgetRequest& request) const;

private:
    const indonesia::RegionTree& regions_;
    const Clock& clock_;
};

}  // namespace bangkit::aid
