#pragma once

#include <set>
#include <span>
#include <string>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/messaging/outbox.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/program/program.h"
#include "services/aid/storage/budget/ledger_book.h"
#include "services/aid/storage/program/programs.h"

namespace bangkit::aid {

/// One transaction of programmes and what they may spend.
class ProgramUnitOfWork {
public:
    using Command = ProgramCommand;
    using Pending = command::PendingCommand<Command>;

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    template <typename Change>
    command::Outcome Run(const Change& command, const Pending& pending, Time now);
    command::Outcome Run(const AllocateBudget& command, const Pending& pending, Time now);
    command::Outcome Run(const ReviseBudget& command, const Pending& pending, Time now);

    Result<ProgramEvent> DecideOn(const CreateProgram& command, const identity::Caller& caller,
                                  Time now);
    Result<ProgramEvent> DecideOn(const SettleProgram& command, const identity::Caller& caller,
                                  Time now);
    template <typename Change>
    Result<ProgramEvent> DecideOn(const Change& command, const identity::Caller& caller, Time now);

    /// As if it were not there, if it is not in the caller's reach: one answer for both.
    Program Reached(const std::string& program_id, const identity::Caller& caller) const;
    command::Outcome Record(const auto& command, const Budget& budget, const BudgetEvent& event,
                            const Pending& pending);

    Tracked<Program> programs_;
    std::set<std::string> underway_;  // Of those to be settled: something is approved, not given.
    RuleSets rule_sets_;
    ExclusionGroups groups_;
    LedgerBook book_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::aid
