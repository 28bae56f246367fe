#include "services/aid/storage/program/program_unit_of_work.h"

#include <set>

#include "services/aid/storage/budget/ledger_mapping.h"
#include "services/aid/storage/program/program_mapping.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

std::string TargetOf(const AllocateBudget& command) {
    return std::string(kBudgetAggregate) + "/" + command.budget_id;
}
std::string TargetOf(const ReviseBudget& command) {
    return std::string(kBudgetAggregate) + "/" + command.budget_id;
}
std::string TargetOf(const auto& command) {
    return std::string(kProgramAggregate) + "/" + command.program_id;
}

/// What the commands of a transaction are about.
struct Wanted {
    std::set<std::string> programs;
    std::set<std::string> all_budgets_of;
    std::set<std::string> settled;
    std::set<std::string> budgets;
    std::set<std::string> groups;

    void Add(const CreateProgram& command) {
        for (const Exclusion& exclusion : command.terms.exclusions) groups.insert(exclusion.group);
    }
    void Add(const SettleProgram& command) {
        programs.insert(command.program_id);
        settled.insert(command.program_id);
        all_budgets_of.insert(command.program_id);
    }
    void Add(const AllocateBudget& command) {
        programs.insert(command.program_id);
        all_budgets_of.insert(command.program_id);
    }
    void Add(const ReviseBudget& command) { budgets.insert(command.budget_id); }
    void Add(const auto& command) { programs.insert(command.program_id); }
};

/// The programmes of budgets that are not locked yet: a budget never changes its programme.
void AddProgramsOf(postgres::Transaction& transaction, Wanted& wanted) {
    if (wanted.budgets.empty()) return;
    const postgres::Rows rows =
        transaction.Run("SELECT program_id FROM budgets WHERE budget_id = ANY($1::uuid[])",
                        {Uuids(wanted.budgets)});
    for (int i = 0; i < rows.size(); ++i) wanted.programs.insert(rows.Uuid(i, 0));
}

/// Those of which something is approved or on its way: goods, or what others pay, are in no budget.
std::set<std::string> FindUnderway(postgres::Transaction& transaction,
                                   const std::set<std::string>& programs) {
    std::set<std::string> underway;
    if (programs.empty()) return underway;
    const postgres::Rows rows = transaction.Run(
        "SELECT DISTINCT program_id FROM applications"
        " WHERE program_id = ANY($1::uuid[]) AND state IN (5, 6)",
        {Uuids(programs)});
    for (int i = 0; i < rows.size(); ++i) underway.insert(rows.Uuid(i, 0));
    return underway;
}

}  // namespace

std::string ProgramUnitOfWork::Target(const Command& command) {
    return std::visit([](const auto& each) { return TargetOf(each); }, command);
}

// Lock order: programmes by id, budgets by id.
void ProgramUnitOfWork::Load(postgres::Transaction& transaction,
                             std::span<const Command* const> commands) {
    Wanted wanted;
    for (const Command* command : commands) {
        std::visit([&wanted](const auto& each) { wanted.Add(each); }, *command);
    }
    AddProgramsOf(transaction, wanted);
    for (Program& program : LockPrograms(transaction, Uuids(wanted.programs))) {
        programs_.AddLoaded(std::move(program));
    }
    underway_ = FindUnderway(transaction, wanted.settled);
    book_.Lock(transaction, Uuids(wanted.budgets), Uuids(wanted.all_budgets_of));
    postgres::TextArray groups;
    for (const std::string& group : wanted.groups) groups.Add(group);
    groups_.Load(transaction, groups);
}

command::Outcome ProgramUnitOfWork::Handle(const Pending& pending, Time now) {
    return std::visit([&](const auto& command) { return Run(command, pending, now); },
                      pending.command);
}

template <typename Change>
command::Outcome ProgramUnitOfWork::Run(const Change& command, const Pending& pending, Time now) {
    const Result<ProgramEvent> event = DecideOn(command, pending.caller, now);
    if (!event) return std::unexpected(event.error());
    Program& program = programs_[command.program_id];
    program = Apply(std::move(program), *event);
    const bool has_new_rules = std::holds_alternative<ProgramCreated>(*event) ||
                               std::holds_alternative<RulesReplaced>(*event);
    if (has_new_rules) rule_sets_.Add(program, pending.caller.subject);
    const PublicEvent out = ToPublic(program, *event);
    outbox_.Add({.aggregate_type = kProgramAggregate,
                 .aggregate_id = program.id,
                 .version = program.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = pending.traceparent});
    return AnswerTo(command, program);
}

Result<ProgramEvent> ProgramUnitOfWork::DecideOn(const CreateProgram& command,
                                                 const identity::Caller& caller, Time now) {
    if (!caller.Reaches(command.terms.region_code)) {
        return Refused(ErrorCode::kNotFound, "REGION_NOT_FOUND", "no such region");
    }
    Result<ProgramEvent> event = Decide(command, groups_.known(), now);
    if (event) groups_.Learn(command.program_id, command.terms.exclusions);
    return event;
}

Result<ProgramEvent> ProgramUnitOfWork::DecideOn(const SettleProgram& command,
                                                 const identity::Caller& caller, Time now) {
    Result<ProgramEvent> event = Decide(Reached(command.program_id, caller), command,
                                        book_.ReservedOf(command.program_id), now);
    if (event && underway_.contains(command.program_id)) {
        return Refused(ErrorCode::kFailedPrecondition, "APPLICATIONS_UNDERWAY",
                       "something of the programme is approved and not given yet");
    }
    return event;
}

template <typename Change>
Result<ProgramEvent> ProgramUnitOfWork::DecideOn(const Change& command,
                                                 const identity::Caller& caller, Time now) {
    return Decide(Reached(command.program_id, caller), command, now);
}

Program ProgramUnitOfWork::Reached(const std::string& program_id,
                                   const identity::Caller& caller) const {
    const Program* program = programs_.Find(program_id);
    const bool is_there = program != nullptr && caller.Reaches(program->terms.region_code);
    return is_there ? *program : Program{};
}

command::Outcome ProgramUnitOfWork::Run(const AllocateBudget& command, const Pending& pending,
                                        Time now) {
    const Budget* known = book_.FindOf(command.program_id, command.region_code);
    const Budget before = known == nullptr ? Budget{} : *known;
    const Result<BudgetEvent> event =
        Decide(Reached(command.program_id, pending.caller), before, command, now);
    if (!event) return std::unexpected(event.error());
    return Record(command, before, *event, pending);
}

command::Outcome ProgramUnitOfWork::Run(const ReviseBudget& command, const Pending& pending,
                                        Time now) {
    const Budget* known = book_.Find(command.budget_id);
    const Program program =
        known == nullptr ? Program{} : Reached(known->program_id, pending.caller);
    const Budget before = program.Exists() ? *known : Budget{};
    const Result<BudgetEvent> event = Decide(program, before, command, now);
    if (!event) return std::unexpected(event.error());
    return Record(command, before, *event, pending);
}

command::Outcome ProgramUnitOfWork::Record(const auto& command, const Budget& budget,
                                           const BudgetEvent& event, const Pending& pending) {
    const Budget after = Apply(budget, event);
    const Posting& posting =
        std::visit([](const auto& happened) -> const Posting& { return happened.posting; }, event);
    book_.Record(after, posting, pending.caller.subject);
    const PublicEvent out = ToPublic(after, event);
    outbox_.Add({.aggregate_type = kBudgetAggregate,
                 .aggregate_id = after.id,
                 .version = after.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = pending.traceparent});
    return AnswerTo(command, after);
}

void ProgramUnitOfWork::Save(postgres::Transaction& transaction) {
    groups_.Save(transaction);
    SavePrograms(transaction, programs_);
    rule_sets_.Save(transaction);
    book_.Save(transaction);
    outbox_.Save(transaction);
}

}  // namespace bangkit::aid
