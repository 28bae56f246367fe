#include "services/aid/domain/grievance/grievance.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <utility>

#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

using enum GrievanceState;

Result<void> CheckIn(const Grievance& grievance, std::initializer_list<GrievanceState> states) {
    if (!grievance.Exists()) {
        return Refused(ErrorCode::kNotFound, "GRIEVANCE_NOT_FOUND", "no such grievance");
    }
    if (std::ranges::find(states, grievance.state) != states.end()) return {};
    return Refused(ErrorCode::kFailedPrecondition, "GRIEVANCE_STATE_WRONG",
                   "the state of the grievance does not allow it");
}

/// The same, by whoever owes the answer.
Result<void> CheckAnswerable(const Grievance& grievance,
                             std::initializer_list<GrievanceState> states,
                             const GrievanceContext& context) {
    if (Result<void> checked = CheckIn(grievance, states); !checked) return checked;
    if (grievance.level == GrievanceLevel::kCity || context.is_province) return {};
    return Refused(ErrorCode::kPermissionDenied, "GRIEVANCE_ESCALATED",
                   "the province owes the answer");
}

/// The end of the last of so many working days from now.
Time DueIn(int days, const GrievanceContext& context) {
    return indonesia::EndOf(context.calendar.After(indonesia::LocalDate(context.now), days));
}

/// Of the stage that it is in, from its beginning.
int StageDays(const Grievance& grievance) {
    return grievance.state == kFiled ? kFirstAnswerDays
                                     : AnswerDays(grievance.grievance_class.value());
}

GrievanceLevel LevelOf(const std::string& region_code) {
    const bool is_province = region_code.find('.') == std::string::npos;
    return is_province ? GrievanceLevel::kProvince : GrievanceLevel::kCity;
}

void End(Grievance& grievance, GrievanceState state, ClosingReason reason, Time at) {
    grievance.state = state;
    grievance.closing_reason = reason;
    grievance.resolved_at = at;
    grievance.due_at.reset();
    grievance.is_overdue = false;
}

void Fold(Grievance& grievance, const GrievanceFiled& event) {
    grievance.id = event.grievance_id;
    grievance.ticket = event.ticket;
    grievance.subject = event.subject;
    grievance.level = event.level;
    grievance.received_on = event.received_on;
    grievance.filed_at = event.filed_at;
    grievance.due_at = event.due_at;
}

void Fold(Grievance& grievance, const GrievanceAccepted& event) {
    grievance.state = kAccepted;
    grievance.grievance_class = event.grievance_class;
    grievance.first_answered_at = event.at;
    grievance.due_at = event.due_at;
    grievance.is_overdue = false;
}

void Fold(Grievance& grievance, const GrievanceAnswered& event) {
    grievance.state = kAnswered;
    grievance.due_at = event.due_at;
    grievance.is_overdue = false;
}

void Fold(Grievance& grievance, const GrievanceClosed& event) {
    const bool is_forwarded = event.reason == ClosingReason::kOtherAuthority;
    End(grievance, is_forwarded ? kForwarded : kArchived, event.reason, event.at);
}

void Fold(Grievance& grievance, const GrievanceEscalated& event) {
    grievance.level = GrievanceLevel::kProvince;
    grievance.escalated_at = event.at;
    grievance.due_at = event.due_at;
    grievance.is_overdue = true;
    grievance.is_to_be_evaluated = true;
}

void Fold(Grievance& grievance, const GrievanceOverdue&) {
    grievance.due_at.reset();
    grievance.is_overdue = true;
    grievance.is_to_be_evaluated = true;
}

void Fold(Grievance& grievance, const GrievanceReopened& event) {
    grievance.state = kAccepted;
    grievance.due_at = event.due_at;
}

void Fold(Grievance& grievance, const GrievanceResolved& event) {
    End(grievance, kResolved, event.reason, event.at);
}

void Fold(Grievance& grievance, const GrievanceEvaluated& event) {
    grievance.is_to_be_evaluated = false;
    grievance.evaluated_on = event.held_on;
}

}  // namespace

int AnswerDays(GrievanceClass grievance_class) {
    switch (grievance_class) {
        case GrievanceClass::kLight: return 5;
        case GrievanceClass::kDesk: return 14;
        case GrievanceClass::kInspection: return 60;
    }
    std::unreachable();
}

Result<GrievanceEvent> Decide(const FileGrievance& command, const GrievanceContext& context) {
    const Date today = indonesia::LocalDate(context.now);
    const Date received_on = command.received_on.value_or(today);
    const Date due_on = context.calendar.After(received_on, kFirstAnswerDays);
    return GrievanceFiled{.grievance_id = command.grievance_id,
                          .ticket = command.ticket,
                          .subject = command.subject,
                          .level = LevelOf(command.subject.region_code),
                          .received_on = received_on,
                          // Whoever waited for it to be taken down has waited.
                          .filed_at = received_on < today
                                          ? indonesia::EndOf(received_on - std::chrono::days(1))
                                          : context.now,
                          .due_at = indonesia::EndOf(due_on),
                          .at = context.now};
}

Result<GrievanceEvent> Decide(const Grievance& grievance, const AcceptGrievance& command,
                              const GrievanceContext& context) {
    const Result<void> checked = CheckAnswerable(grievance, {kFiled}, context);
    if (!checked) return std::unexpected(checked.error());
    return GrievanceAccepted{.grievance_class = command.grievance_class,
                             .due_at = DueIn(AnswerDays(command.grievance_class), context),
                             .at = context.now};
}

Result<GrievanceEvent> Decide(const Grievance& grievance, const AnswerGrievance&,
                              const GrievanceContext& context) {
    const Result<void> checked = CheckAnswerable(grievance, {kAccepted}, context);
    if (!checked) return std::unexpected(checked.error());
    return GrievanceAnswered{.due_at = DueIn(kSilenceDays, context), .at = context.now};
}

Result<GrievanceEvent> Decide(const Grievance& grievance, const CloseGrievance& command,
                              const GrievanceContext& context) {
    const Result<void> checked = CheckAnswerable(grievance, {kFiled, kAccepted}, context);
    if (!checked) return std::unexpected(checked.error());
    return GrievanceClosed{.reason = command.reason, .at = context.now};
}

Result<GrievanceEvent> Decide(const Grievance& grievance, const EvaluateGrievance& command,
                              const GrievanceContext& context) {
    const Result<void> checked =
        CheckIn(grievance, {kFiled, kAccepted, kAnswered, kResolved, kArchived, kForwarded});
    if (!checked) return std::unexpected(checked.error());
    if (!grievance.is_to_be_evaluated) {
        return Refused(ErrorCode::kFailedPrecondition, "NOTHING_TO_EVALUATE",
                       "the grievance was not late since the last meeting");
    }
    return GrievanceEvaluated{.held_on = command.held_on, .at = context.now};
}

Result<GrievanceEvent> Decide(const Grievance& grievance, const ReplyToAnswer& command,
                              const GrievanceContext& context) {
    if (!grievance.Exists() || grievance.ticket != command.ticket) {
        return Refused(ErrorCode::kNotFound, "TICKET_NOT_FOUND", "no such ticket number");
    }
    const Result<void> checked = CheckIn(grievance, {kAnswered});
    if (!checked) return std::unexpected(checked.error());
    if (command.is_settled) {
        return GrievanceResolved{.reason = ClosingReason::kConfirmed, .at = context.now};
    }
    return GrievanceReopened{
        .due_at = DueIn(AnswerDays(grievance.grievance_class.value()), context), .at = context.now};
}

Result<GrievanceEvent> Decide(const Grievance& grievance, const PassDeadline& command,
                              const GrievanceContext& context) {
    const Result<void> checked = CheckIn(grievance, {kFiled, kAccepted, kAnswered});
    if (!checked) return std::unexpected(checked.error());
    if (!grievance.due_at || command.now < *grievance.due_at) {
        return Refused(ErrorCode::kFailedPrecondition, "DEADLINE_RUNS",
                       "the deadline of the grievance has not passed");
    }
    if (!grievance.IsOpen()) {
        return GrievanceResolved{.reason = ClosingReason::kSilence, .at = command.now};
    }
    if (grievance.level == GrievanceLevel::kProvince) return GrievanceOverdue{.at = command.now};
    const GrievanceContext then{.calendar = context.calendar, .now = command.now};
    return GrievanceEscalated{.due_at = DueIn(StageDays(grievance), then), .at = command.now};
}

Grievance Apply(Grievance grievance, const GrievanceEvent& event) {
    std::visit(
        [&grievance](const auto& happened) {
            Fold(grievance, happened);
            grievance.updated_at = happened.at;
        },
        event);
    ++grievance.version;
    return grievance;
}

GrievanceStepKind KindOf(const GrievanceEvent& event) {
    using Kind = GrievanceStepKind;
    // In the order of the alternatives.
    constexpr Kind kKinds[] = {Kind::kFiled,    Kind::kAccepted,  Kind::kAnswered,
                               Kind::kClosed,   Kind::kEscalated, Kind::kOverdue,
                               Kind::kReopened, Kind::kResolved,  Kind::kEvaluated};
    static_assert(std::size(kKinds) == std::variant_size_v<GrievanceEvent>);
    return kKinds[event.index()];
}

}  // namespace bangkit::aid
