#include "services/aid/domain/application/application.h"

#include <algorithm>
#include <utility>

#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

using enum ApplicationState;

// Whoever sends the same photograph again and again fills no disk.
constexpr std::int64_t kFilesMax = 60;
constexpr std::int64_t kBytesMax = std::int64_t{64} << 20;

Result<void> CheckIn(const Application& application,
                     std::initializer_list<ApplicationState> states) {
    if (!application.Exists()) {
        return Refused(ErrorCode::kNotFound, "APPLICATION_NOT_FOUND", "no such application");
    }
    if (std::ranges::find(states, application.state) != states.end()) return {};
    return Refused(ErrorCode::kFailedPrecondition, "APPLICATION_STATE_WRONG",
                   "the state of the application does not allow it");
}

/// A change that needs no more than its states.
template <typename Event>
Result<ApplicationEvent> If(const Result<void>& checked, Event event) {
    if (!checked) return std::unexpected(checked.error());
    return event;
}

Result<void> CheckTakesApplications(const Program& program, Time now) {
    const Date today = indonesia::LocalDate(now);
    const bool is_open = program.state == ProgramState::kOpen && today >= program.terms.opens_on &&
                         today <= program.terms.closes_on;
    if (is_open) return {};
    return Refused(ErrorCode::kFailedPrecondition, "PROGRAM_NOT_OPEN",
                   "the programme takes no applications today");
}

Result<void> CheckChecklist(const Application& application, const ProgramTerms& terms) {
    const bool is_complete = std::ranges::all_of(
        terms.documents, [&](DocumentKind kind) { return application.documents.contains(kind); });
    if (is_complete) return {};
    return Refused(ErrorCode::kFailedPrecondition, "DOCUMENTS_MISSING",
                   "a document of the checklist is missing");
}

Result<void> CheckCorrection(const Correction& correction, Time now) {
    if (indonesia::LocalDate(now) > correction.until) {
        return Refused(ErrorCode::kFailedPrecondition, "CORRECTION_PERIOD_OVER",
                       "the last day for corrections is over");
    }
    const bool is_done = std::ranges::all_of(correction.items, [&](const ReturnedItem& item) {
        return correction.corrected.contains(item.document);
    });
    if (is_done) return {};
    return Refused(ErrorCode::kFailedPrecondition, "NOT_CORRECTED",
                   "not everything that was returned has been put right");
}

/// Each kind of document has its time.
Result<void> CheckMayAttach(const Application& application, DocumentKind kind) {
    switch (kind) {
        case DocumentKind::kSurveyPhoto: return CheckIn(application, {kDocumentsChecked});
        case DocumentKind::kHandoverPhoto: return CheckIn(application, {kApproved});
        case DocumentKind::kVisitPhoto:
        case DocumentKind::kProofOfUse: return CheckIn(application, {kDisbursed, kSupervised});
        default: return CheckIn(application, {kDraft, kReturned});
    }
}

Result<void> CheckRoom(const AttachDocument& command) {
    if (command.held.files < kFilesMax && command.held.bytes + command.bytes <= kBytesMax) {
        return {};
    }
    return Refused(ErrorCode::kResourceExhausted, "DOCUMENTS_FULL",
                   "the application has no room for this file");
}

/// Every rule that does not hold is in the metadata of the refusal: its code, and the number of the
/// fact.
Result<void> CheckEligible(const RuleSet& rules, const Facts& facts) {
    const std::vector<Finding> findings = Evaluate(rules, facts);
    if (findings.empty()) return {};
    Error error{.code = ErrorCode::kFailedPrecondition,
                .reason = "NOT_ELIGIBLE",
                .message = "rules of the programme do not hold"};
    error.metadata["rules_version"] = std::to_string(rules.version);
    for (const Finding& finding : findings) {
        error.metadata[finding.code] = std::to_string(static_cast<int>(finding.fact));
    }
    return std::unexpected(std::move(error));
}

std::unexpected<Error> AmountMissing() {
    return std::unexpected(Error{.code = ErrorCode::kInvalidArgument,
                                 .reason = "FIELDS_INVALID",
                                 .message = "amount_rupiah is required for a loan",
                                 .fields = {{"amount_rupiah", "REQUIRED", "is required"}}});
}

std::unexpected<Error> MakerIsChecker() {
    return Refused(ErrorCode::kPermissionDenied, "MAKER_IS_CHECKER",
                   "who entered or surveyed an application does not decide on it");
}

/// The first refusal.
Result<void> First(std::initializer_list<Result<void>> checks) {
    for (const Result<void>& check : checks) {
        if (!check) return check;
    }
    return {};
}

}  // namespace

Result<ApplicationEvent> Decide(const StartApplication& command, const DecisionContext& context) {
    const ProgramTerms& terms = context.program.terms;
    const Result<void> open = CheckTakesApplications(context.program, context.now);
    if (!open) return std::unexpected(open.error());
    const bool is_loan = IsLoan(terms.instrument);
    // What is lent is the bank's; of the budget a loan takes the interest, once there is a
    // contract.
    const std::int64_t given = !is_loan && MovesMoney(terms.instrument) ? terms.amount : 0;
    if (is_loan && command.amount <= 0) return AmountMissing();
    if (is_loan && command.amount > terms.amount) {
        return Refused(ErrorCode::kFailedPrecondition, "AMOUNT_TOO_HIGH",
                       "the programme does not lend as much");
    }
    return ApplicationStarted{.application_id = command.application_id,
                              .program_id = command.program_id,
                              .applicant = command.applicant,
                              .amount = given,
                              .lent = is_loan ? command.amount : 0,
                              .by = context.actor,
                              .at = context.now};
}

Result<ApplicationEvent> Decide(const Application& application, const StateFacts& command,
                                const DecisionContext& context) {
    return If(CheckIn(application, {kDraft, kReturned}), FactsStated{.household = command.household,
                                                                     .statement = command.statement,
                                                                     .by = context.actor,
                                                                     .at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const AttachDocument& command,
                                const DecisionContext& context) {
    const Result<void> state = CheckMayAttach(application, command.kind);
    if (!state) return std::unexpected(state.error());
    const bool is_of_survey = command.kind == DocumentKind::kSurveyPhoto;
    if (is_of_survey && application.entered_by.contains(context.actor)) return MakerIsChecker();
    return If(CheckRoom(command), DocumentAttached{.kind = command.kind,
                                                   .document_id = command.document_id,
                                                   .by = context.actor,
                                                   .at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const SubmitApplication&,
                                const DecisionContext& context) {
    const Result<void> state = CheckIn(application, {kDraft, kReturned});
    if (!state) return std::unexpected(state.error());
    const ProgramTerms& terms = context.program.terms;
    const bool is_correction = application.correction.has_value();
    const Result<void> checked =
        First({is_correction ? CheckCorrection(*application.correction, context.now)
                             : CheckTakesApplications(context.program, context.now),
               CheckChecklist(application, terms), CheckEligible(terms.rules, context.facts)});
    return If(checked,
              ApplicationSubmitted{
                  .rules_version = terms.rules.version, .by = context.actor, .at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const CheckDocuments&,
                                const DecisionContext& context) {
    return If(CheckIn(application, {kSubmitted}), DocumentsChecked{.at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const RecordSurvey& command,
                                const DecisionContext& context) {
    const Result<void> state = CheckIn(application, {kDocumentsChecked});
    if (state && application.entered_by.contains(context.actor)) return MakerIsChecker();
    return If(state, ApplicationSurveyed{.is_recommended = command.is_recommended,
                                         .by = context.actor,
                                         .at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const ReturnApplication& command,
                                const DecisionContext& context) {
    const Result<void> state = CheckIn(application, {kSubmitted, kDocumentsChecked, kSurveyed});
    if (state && command.until <= indonesia::LocalDate(context.now)) {
        return Refused(ErrorCode::kFailedPrecondition, "PERIOD_TOO_SHORT",
                       "the last day for corrections must be after today");
    }
    return If(state, ApplicationReturned{
                         .items = command.items, .until = command.until, .at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const ApproveApplication& command,
                                const DecisionContext& context) {
    const Result<void> state = CheckIn(application, {kSurveyed});
    if (!state) return std::unexpected(state.error());
    const bool is_maker = application.entered_by.contains(context.actor) ||
                          application.surveyed_by.contains(context.actor);
    if (is_maker) return MakerIsChecker();
    if (context.program.state == ProgramState::kSettled) {
        return Refused(ErrorCode::kFailedPrecondition, "PROGRAM_SETTLED",
                       "the programme is settled");
    }
    if (!application.is_recommended) {
        return Refused(ErrorCode::kFailedPrecondition, "SURVEY_NEGATIVE",
                       "the survey does not recommend it");
    }
    const ProgramTerms& terms = context.program.terms;
    return If(First({CheckMayApprove(terms, application.amount + application.lent, command.roles),
                     CheckEligible(terms.rules, context.facts)}),
              ApplicationApproved{.amount = application.amount,
                                  .rules_version = terms.rules.version,
                                  .budget_id = command.budget_id,
                                  .by = context.actor,
                                  .at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const RejectApplication& command,
                                const DecisionContext& context) {
    return If(CheckIn(application, {kSubmitted, kDocumentsChecked, kSurveyed, kReturned}),
              ApplicationRejected{.reasons = command.reasons, .at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const ExpireCorrection& command,
                                const DecisionContext& context) {
    const Result<void> state = CheckIn(application, {kReturned});
    if (state && indonesia::LocalDate(command.now) <= application.correction->until) {
        return Refused(ErrorCode::kFailedPrecondition, "CORRECTION_PERIOD_RUNS",
                       "the last day for corrections is not over");
    }
    return If(state,
              ApplicationRejected{.reasons = {RejectionReason::kNotCorrected}, .at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const WithdrawApplication&,
                                const DecisionContext& context) {
    return If(CheckIn(application,
                      {kDraft, kSubmitted, kDocumentsChecked, kSurveyed, kReturned, kApproved}),
              ApplicationWithdrawn{.at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const CancelApplication&,
                                const DecisionContext& context) {
    return If(CheckIn(application, {kApproved}), ApplicationCancelled{.at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const SchedulePayment& command,
                                const DecisionContext& context) {
    const bool is_first = application.payment_reference.empty();
    return If(CheckIn(application, {kApproved}),
              AidScheduled{.payment_reference =
                               is_first ? command.payment_reference : application.payment_reference,
                           .at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const ConfirmPayment&,
                                const DecisionContext& context) {
    return If(CheckIn(application, {kScheduled}), AidDisbursed{.at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const FailPayment&,
                                const DecisionContext& context) {
    return If(CheckIn(application, {kScheduled}), DisbursementFailed{.at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const RecordSupervision&,
                                const DecisionContext& context) {
    return If(CheckIn(application, {kDisbursed, kSupervised}),
              SupervisionRecorded{.at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const CloseApplication&,
                                const DecisionContext& context) {
    return If(CheckIn(application, {kSupervised}), ApplicationClosed{.at = context.now});
}

Result<ApplicationEvent> Decide(const Application& application, const RecordRefund&,
                                const DecisionContext& context) {
    return If(CheckIn(application, {kDisbursed, kSupervised}), AidReturned{.at = context.now});
}

}  // namespace bangkit::aid
