#include "services/aid/domain/program/program.h"

#include <algorithm>
#include <utility>

#include "libs/indonesia/format.h"
#include "services/aid/domain/region.h"

namespace bangkit::aid {
namespace {

Result<void> CheckIsCurrent(bool exists, std::int64_t version,
                            std::optional<std::int64_t> expected_version) {
    if (!exists) return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
    if (expected_version && *expected_version != version) {
        return Refused(ErrorCode::kAborted, "ETAG_STALE", "it has changed since it was read");
    }
    return {};
}

std::unexpected<Error> StateWrong() {
    return Refused(ErrorCode::kFailedPrecondition, "PROGRAM_STATE_WRONG",
                   "the state of the programme does not allow it");
}

/// That it is there, as it was when the caller read it, and in one of the states.
Result<void> CheckState(const Program& program, std::optional<std::int64_t> expected_version,
                        std::initializer_list<ProgramState> states) {
    Result<void> current = CheckIsCurrent(program.Exists(), program.version, expected_version);
    if (!current) return current;
    if (std::ranges::find(states, program.state) == states.end()) return StateWrong();
    return {};
}

void Fold(Program& program, const ProgramCreated& event) {
    program.id = event.program_id;
    program.terms = event.terms;
    program.created_at = event.at;
}
void Fold(Program& program, const RulesReplaced& event) { program.terms.rules = event.rules; }
void Fold(Program& program, const ProgramOpened&) { program.state = ProgramState::kOpen; }
void Fold(Program& program, const ProgramPaused&) { program.state = ProgramState::kPaused; }
void Fold(Program& program, const ProgramClosed&) { program.state = ProgramState::kClosed; }
void Fold(Program& program, const ProgramSettled&) { program.state = ProgramState::kSettled; }

void Fold(Budget& budget, const BudgetAllocated& event) {
    budget.id = event.budget_id;
    budget.program_id = event.program_id;
    budget.region_code = event.region_code;
    budget.quota = event.quota;
}
void Fold(Budget& budget, const BudgetRevised& event) { budget.quota = event.quota; }

}  // namespace

bool IsOfChecklist(DocumentKind kind) { return kind < DocumentKind::kSurveyPhoto; }

bool MovesMoney(Instrument instrument) {
    switch (instrument) {
        case Instrument::kCashGrant:
        case Instrument::kInterestFreeLoan:
        case Instrument::kAwardLoan: return true;
        case Instrument::kInKind:
        case Instrument::kRestructuringReferral:
        case Instrument::kPaymentHolidayReferral:
        case Instrument::kExternalNomination: return false;
    }
    std::unreachable();
}

bool IsLoan(Instrument instrument) {
    return instrument == Instrument::kInterestFreeLoan || instrument == Instrument::kAwardLoan;
}

Result<void> CheckMayApprove(const ProgramTerms& terms, std::int64_t amount,
                             const std::set<ApproverRole>& roles) {
    const auto band = std::ranges::find_if(
        terms.approval_bands, [amount](const ApprovalBand& each) { return amount <= each.up_to; });
    const bool may =
        band != terms.approval_bands.end() &&
        std::ranges::any_of(band->roles, [&](ApproverRole role) { return roles.contains(role); });
    if (may) return {};
    return Refused(ErrorCode::kPermissionDenied, "BAND_EXCEEDED",
                   "none of your roles may approve as much");
}

Result<ProgramEvent> Decide(const CreateProgram& command, const std::vector<Exclusion>& known,
                            Time now) {
    for (const Exclusion& exclusion : command.terms.exclusions) {
        const auto same = std::ranges::find(known, exclusion.group, &Exclusion::group);
        if (same != known.end() && *same != exclusion) {
            return Refused(ErrorCode::kFailedPrecondition, "EXCLUSION_DIFFERS",
                           "a group of exclusions means something else in another programme");
        }
    }
    ProgramCreated created{.program_id = command.program_id, .terms = command.terms, .at = now};
    created.terms.rules.version = 1;
    return created;
}

Result<ProgramEvent> Decide(const Program& program, const ReplaceRules& command, Time now) {
    const Result<void> ready = CheckState(program, command.expected_version,
                                          {ProgramState::kDraft, ProgramState::kPaused});
    if (!ready) return std::unexpected(ready.error());
    RulesReplaced replaced{.rules = command.rules, .at = now};
    replaced.rules.version = program.terms.rules.version + 1;
    return replaced;
}

Result<ProgramEvent> Decide(const Program& program, const OpenProgram& command, Time now) {
    const Result<void> ready = CheckState(program, command.expected_version,
                                          {ProgramState::kDraft, ProgramState::kPaused});
    if (!ready) return std::unexpected(ready.error());
    if (indonesia::LocalDate(now) > program.terms.closes_on) {
        return Refused(ErrorCode::kFailedPrecondition, "PROGRAM_PERIOD_OVER",
                       "the last day of the programme is over");
    }
    return ProgramOpened{.at = now};
}

Result<ProgramEvent> Decide(const Program& program, const PauseProgram& command, Time now) {
    const Result<void> ready = CheckState(program, command.expected_version, {ProgramState::kOpen});
    if (!ready) return std::unexpected(ready.error());
    return ProgramPaused{.at = now};
}

Result<ProgramEvent> Decide(const Program& program, const CloseProgram& command, Time now) {
    const Result<void> ready =
        CheckState(program, command.expected_version, {ProgramState::kOpen, ProgramState::kPaused});
    if (!ready) return std::unexpected(ready.error());
    return ProgramClosed{.at = now};
}

Result<ProgramEvent> Decide(const Program& program, const SettleProgram& command,
                            std::int64_t reserved, Time now) {
    const Result<void> ready =
        CheckState(program, command.expected_version, {ProgramState::kClosed});
    if (!ready) return std::unexpected(ready.error());
    if (reserved > 0) {
        return Refused(ErrorCode::kFailedPrecondition, "MONEY_RESERVED",
                       "money of the programme is approved and not paid yet");
    }
    return ProgramSettled{.at = now};
}

Program Apply(Program program, const ProgramEvent& event) {
    std::visit(
        [&program](const auto& happened) {
            Fold(program, happened);
            program.updated_at = happened.at;
        },
        event);
    ++program.version;
    return program;
}

Result<BudgetEvent> Decide(const Program& program, const Budget& budget,
                           const AllocateBudget& command, Time now) {
    const Result<void> there = CheckIsCurrent(program.Exists(), program.version, {});
    if (!there) return std::unexpected(there.error());
    if (program.state == ProgramState::kSettled) return StateWrong();
    if (!LiesIn(command.region_code, program.terms.region_code)) {
        return Refused(ErrorCode::kFailedPrecondition, "REGION_OUTSIDE_PROGRAM",
                       "the region does not lie in that of the programme");
    }
    if (budget.Exists()) {
        return Refused(ErrorCode::kAlreadyExists, "BUDGET_ALLOCATED",
                       "the region has a budget of this programme; revise it");
    }
    const bool moves_money = MovesMoney(program.terms.instrument);
    if (!moves_money && command.amount != 0) {
        return Refused(ErrorCode::kFailedPrecondition, "PROGRAM_WITHOUT_MONEY",
                       "the programme moves no money");
    }
    if (moves_money && command.amount == 0) {
        return Refused(ErrorCode::kFailedPrecondition, "BUDGET_EMPTY",
                       "the programme pays, and the budget has nothing");
    }
    Budget empty;
    empty.id = command.budget_id;
    const Result<Posting> posting = Draft(empty,
                                          {.kind = PostingKind::kAllocation,
                                           .amount = command.amount,
                                           .application_id = {},
                                           .document = command.document},
                                          now);
    if (!posting) return std::unexpected(posting.error());
    return BudgetAllocated{.budget_id = command.budget_id,
                           .program_id = command.program_id,
                           .region_code = command.region_code,
                           .quota = command.quota,
                           .posting = *posting};
}

Result<BudgetEvent> Decide(const Program& program, const Budget& budget,
                           const ReviseBudget& command, Time now) {
    if (!budget.Exists()) {
        return Refused(ErrorCode::kNotFound, "BUDGET_NOT_FOUND", "no such budget");
    }
    const Result<void> current =
        CheckIsCurrent(program.Exists(), budget.version, command.expected_version);
    if (!current) return std::unexpected(current.error());
    if (program.state == ProgramState::kSettled) return StateWrong();
    if (command.change != 0 && !MovesMoney(program.terms.instrument)) {
        return Refused(ErrorCode::kFailedPrecondition, "PROGRAM_WITHOUT_MONEY",
                       "the programme moves no money");
    }
    if (command.quota) {
        const Result<void> fits = CheckQuota(budget, *command.quota);
        if (!fits) return std::unexpected(fits.error());
    }
    const Result<Posting> posting = Draft(budget,
                                          {.kind = PostingKind::kRevision,
                                           .amount = command.change,
                                           .application_id = {},
                                           .document = command.document},
                                          now);
    if (!posting) return std::unexpected(posting.error());
    return BudgetRevised{.change = command.change,
                         .quota = command.quota ? command.quota : budget.quota,
                         .posting = *posting};
}

Budget Apply(Budget budget, const BudgetEvent& event) {
    std::visit(
        [&budget](const auto& happened) {
            Fold(budget, happened);
            budget = Post(std::move(budget), happened.posting);
        },
        event);
    ++budget.version;
    return budget;
}

}  // namespace bangkit::aid
