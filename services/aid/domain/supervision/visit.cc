#include "services/aid/domain/supervision/visit.h"

#include <utility>

#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

Result<void> CheckPlanned(const Visit& visit) {
    if (!visit.Exists()) return Refused(ErrorCode::kNotFound, "VISIT_NOT_FOUND", "no such visit");
    if (visit.state == VisitState::kPlanned) return {};
    return Refused(ErrorCode::kFailedPrecondition, "VISIT_DECIDED",
                   "the visit was made or cancelled before");
}

std::unexpected<Error> IsPlanned() {
    return Refused(ErrorCode::kFailedPrecondition, "VISIT_PLANNED", "a visit is planned");
}

void Fold(Visit& visit, const VisitPlanned& event) {
    visit.id = event.visit_id;
    visit.application_id = event.application_id;
    visit.program_id = event.program_id;
    visit.business_id = event.applicant.business_id;
    visit.owner_id = event.applicant.owner_id;
    visit.region_code = event.applicant.region_code;
    visit.planned_for = event.planned_for;
    visit.planned_by = event.by;
    visit.planned_at = event.at;
}
void Fold(Visit& visit, const VisitRecorded& event) {
    visit.state = VisitState::kVisited;
    visit.outcome = event.outcome;
    visit.visited_by = event.by;
    visit.visited_at = event.at;
    visit.is_overdue = false;
}
void Fold(Visit& visit, const VisitCancelled&) {
    visit.state = VisitState::kCancelled;
    visit.is_overdue = false;
}
void Fold(Visit& visit, const VisitOverdue&) { visit.is_overdue = true; }

}  // namespace

Result<VisitEvent> Decide(const Application& application, bool has_planned,
                          const PlanVisit& command, const std::string& actor, Time now) {
    if (!application.Exists()) {
        return Refused(ErrorCode::kNotFound, "APPLICATION_NOT_FOUND", "no such application");
    }
    const bool was_given = application.state == ApplicationState::kDisbursed ||
                           application.state == ApplicationState::kSupervised;
    if (!was_given) {
        return Refused(ErrorCode::kFailedPrecondition, "APPLICATION_STATE_WRONG",
                       "the state of the application does not allow it");
    }
    if (has_planned) return IsPlanned();
    if (command.planned_for < indonesia::LocalDate(now)) {
        return Refused(ErrorCode::kFailedPrecondition, "DATE_IN_PAST", "the day is over");
    }
    return VisitPlanned{.visit_id = command.visit_id,
                        .application_id = application.id,
                        .program_id = application.program_id,
                        .applicant = application.applicant,
                        .planned_for = command.planned_for,
                        .by = actor,
                        .at = now};
}

Result<VisitEvent> Decide(const Visit& visit, const RecordVisit& command,
                          const Application& application, const std::string& actor, Time now) {
    if (const Result<void> planned = CheckPlanned(visit); !planned) {
        return std::unexpected(planned.error());
    }
    if (application.entered_by.contains(actor) || application.approved_by == actor) {
        return Refused(ErrorCode::kPermissionDenied, "MAKER_IS_CHECKER",
                       "who entered or approved an application does not supervise it");
    }
    return VisitRecorded{.outcome = command.outcome, .by = actor, .at = now};
}

Result<VisitEvent> Decide(const Visit& visit, const CancelVisit&, Time now) {
    if (const Result<void> planned = CheckPlanned(visit); !planned) {
        return std::unexpected(planned.error());
    }
    return VisitCancelled{.at = now};
}

Result<VisitEvent> Decide(const Visit& visit, const ExpireVisit& command, Time now) {
    if (const Result<void> planned = CheckPlanned(visit); !planned) {
        return std::unexpected(planned.error());
    }
    if (visit.is_overdue) {
        return Refused(ErrorCode::kFailedPrecondition, "VISIT_OVERDUE", "that is known");
    }
    if (indonesia::LocalDate(command.now) <= visit.planned_for) {
        return Refused(ErrorCode::kFailedPrecondition, "VISIT_PERIOD_RUNS",
                       "the last day for the visit is not over");
    }
    return VisitOverdue{.at = now};
}

Visit Apply(Visit visit, const VisitEvent& event) {
    std::visit(
        [&visit](const auto& happened) {
            Fold(visit, happened);
            visit.updated_at = happened.at;
        },
        event);
    ++visit.version;
    return visit;
}

bool IsSupervision(VisitOutcome outcome) { return outcome != VisitOutcome::kNobodyMet; }

Result<void> CheckMayClose(const ClosingContext& context) {
    if (context.has_planned_visit) return IsPlanned();
    if (context.has_open_refund) {
        return Refused(ErrorCode::kFailedPrecondition, "REFUND_OPEN", "a refund is asked for");
    }
    if (context.last_outcome != VisitOutcome::kAsIntended) {
        return Refused(ErrorCode::kFailedPrecondition, "NOT_USED_AS_INTENDED",
                       "the last visit saw another use than was intended");
    }
    if (context.proofs == 0) {
        return Refused(ErrorCode::kFailedPrecondition, "PROOF_MISSING",
                       "no document proves the use");
    }
    return {};
}

}  // namespace bangkit::aid
