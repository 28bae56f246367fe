#include "services/aid/domain/referral/referral.h"

#include <algorithm>
#include <utility>

#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

using enum ReferralState;

std::unexpected<Error> Refuse(std::string reason, std::string message) {
    return Refused(ErrorCode::kFailedPrecondition, std::move(reason), std::move(message));
}

bool IsOver(const Application& application) {
    using enum ApplicationState;
    constexpr ApplicationState kOver[] = {kRejected, kWithdrawn, kCancelled, kRefunded, kClosed};
    return !application.Exists() || std::ranges::find(kOver, application.state) != std::end(kOver);
}

Result<void> CheckIsSent(const Referral& referral) {
    if (!referral.Exists()) {
        return Refused(ErrorCode::kNotFound, "REFERRAL_NOT_FOUND", "no such referral");
    }
    switch (referral.state) {
        case kSent: return {};
        case kGranted:
        case kRefused: return Refuse("REFERRAL_ANSWERED", "the partner has answered");
        case kEnded: return Refuse("REFERRAL_ENDED", "nothing is asked of the partner any more");
    }
    std::unreachable();
}

/// Of a restructuring its forms; of a payment holiday and a loan, how long.
Result<void> CheckIsComplete(Instrument instrument, const std::set<RestructuringForm>& forms,
                             int months) {
    const bool is_restructuring = instrument == Instrument::kRestructuringReferral;
    if (is_restructuring == forms.empty() || (!is_restructuring && months == 0)) {
        return Refuse("REFERRAL_INCOMPLETE",
                      "a restructuring names its forms, everything else how many months");
    }
    return {};
}

Result<void> CheckHandover(const ReferringContext& context, int months) {
    const Agreement& agreement = context.agreement;
    if (!context.application.Exists()) {
        return Refused(ErrorCode::kNotFound, "APPLICATION_NOT_FOUND", "no such application");
    }
    if (!agreement.Exists() || agreement.program_id != context.application.program_id) {
        return Refused(ErrorCode::kNotFound, "AGREEMENT_NOT_FOUND", "no such agreement");
    }
    if (agreement.is_ended) return Refuse("AGREEMENT_ENDED", "the agreement has ended");
    const ApplicationState expected = IsLoan(context.program.terms.instrument)
                                          ? ApplicationState::kDocumentsChecked
                                          : ApplicationState::kApproved;
    if (context.application.state != expected) {
        return Refuse("APPLICATION_STATE_WRONG", "the state of the application does not allow it");
    }
    if (context.is_with_a_partner) {
        return Refuse("ALREADY_REFERRED", "the application is with a partner");
    }
    if (months > agreement.months_max) {
        return Refuse("MONTHS_TOO_MANY", "the partner has not agreed to so many months");
    }
    return {};
}

bool SaysTheSame(const Referral& referral, const AnswerReferral& command) {
    if (command.is_granted != (referral.state == kGranted)) return false;
    if (!command.is_granted) return command.reasons == referral.refusal_reasons;
    const int months = command.months == 0 ? referral.months : command.months;
    return command.forms == referral.granted_forms && months == referral.granted_months;
}

void Fold(Referral& referral, const ReferralSent& event) {
    const std::int64_t version = referral.version;
    referral = event.referral;
    referral.version = version;
}
void Fold(Referral& referral, const ReferralEscalated& event) {
    referral.is_silent = true;
    referral.escalated_to = event.to;
    referral.escalated_at = event.at;
}
void Fold(Referral& referral, const ReferralGranted& event) {
    referral.state = kGranted;
    referral.is_silent = false;
    referral.granted_forms = event.forms;
    referral.granted_months = event.months;
    referral.answered_on = event.answered_on;
}
void Fold(Referral& referral, const ReferralRefused& event) {
    referral.state = kRefused;
    referral.is_silent = false;
    referral.refusal_reasons = event.reasons;
    referral.answered_on = event.answered_on;
}
void Fold(Referral& referral, const ReferralEnded&) {
    referral.state = kEnded;
    referral.is_silent = false;
}

/// "18" of "18.71.05.1002".
std::string ProvinceOf(const std::string& region_code) {
    return region_code.substr(0, region_code.find('.'));
}

}  // namespace

std::optional<Time> Referral::DueAt() const {
    if (state != kSent || escalated_at) return std::nullopt;
    return indonesia::EndOf(answer_due);
}

Result<ReferralEvent> Decide(const ReferApplication& command, const std::string& referral_id,
                             const ReferringContext& context) {
    if (const Result<void> may = CheckHandover(context, command.months); !may) {
        return std::unexpected(may.error());
    }
    const Instrument instrument = context.program.terms.instrument;
    const Result<void> complete = CheckIsComplete(instrument, command.forms, command.months);
    if (!complete) return std::unexpected(complete.error());
    const Application& application = context.application;
    Referral sent;
    sent.id = referral_id;
    sent.application_id = application.id;
    sent.agreement_id = context.agreement.id;
    sent.partner_id = context.agreement.partner_id;
    sent.program_id = application.program_id;
    sent.applicant = application.applicant;
    sent.applicant.household.clear();
    sent.instrument = instrument;
    sent.amount = IsLoan(instrument) ? application.lent : command.owed;
    sent.forms = command.forms;
    sent.months = command.months;
    sent.sent_on = command.sent_on;
    sent.answer_due = context.calendar.After(command.sent_on, context.agreement.answer_days);
    sent.entered_by = context.actor;
    sent.created_at = context.now;
    return ReferralSent{.referral = std::move(sent), .at = context.now};
}

Result<std::optional<ReferralEvent>> Decide(const Referral& referral, const AnswerReferral& command,
                                            const Application& application, Time now) {
    if (const Result<void> sent = CheckIsSent(referral); !sent) {
        const bool is_answered = referral.state == kGranted || referral.state == kRefused;
        if (referral.Exists() && is_answered && SaysTheSame(referral, command)) return std::nullopt;
        return std::unexpected(sent.error());
    }
    if (command.answered_on > indonesia::LocalDate(now)) {
        return Refuse("DATE_IN_FUTURE", "the day is not there yet");
    }
    if (command.answered_on < referral.sent_on) {
        return Refuse("ANSWERED_BEFORE_SENT", "the partner cannot answer before it is asked");
    }
    if (IsOver(application)) return ReferralEnded{.at = now};
    if (!command.is_granted) {
        return ReferralRefused{
            .reasons = command.reasons, .answered_on = command.answered_on, .at = now};
    }
    const int months = command.months == 0 ? referral.months : command.months;
    const Result<void> complete = CheckIsComplete(referral.instrument, command.forms, months);
    if (!complete) return std::unexpected(complete.error());
    return ReferralGranted{
        .forms = command.forms, .months = months, .answered_on = command.answered_on, .at = now};
}

Result<ReferralEvent> Decide(const Referral& referral, const EscalateReferral& command,
                             const Application& application) {
    if (const Result<void> sent = CheckIsSent(referral); !sent) {
        return std::unexpected(sent.error());
    }
    const std::optional<Time> due_at = referral.DueAt();
    if (!due_at || command.now < *due_at) {
        return Refuse("ANSWER_NOT_DUE", "the last day for the answer is not over, or was before");
    }
    if (IsOver(application)) return ReferralEnded{.at = command.now};
    return ReferralEscalated{.to = ProvinceOf(referral.applicant.region_code), .at = command.now};
}

Result<ReferralEvent> Decide(const Referral& referral, const EndReferral&, Time now) {
    if (const Result<void> sent = CheckIsSent(referral); !sent) {
        return std::unexpected(sent.error());
    }
    return ReferralEnded{.at = now};
}

Referral Apply(Referral referral, const ReferralEvent& event) {
    std::visit(
        [&referral](const auto& happened) {
            Fold(referral, happened);
            referral.updated_at = happened.at;
        },
        event);
    ++referral.version;
    return referral;
}

ApplicationStep StepOf(const Referral& referral, const Application& application,
                       const ReferralEvent& event) {
    const bool is_approved = application.state == ApplicationState::kApproved;
    if (std::holds_alternative<ReferralRefused>(event)) {
        return is_approved ? ApplicationStep::kCancel : ApplicationStep::kReject;
    }
    const bool is_done =
        std::holds_alternative<ReferralGranted>(event) && !IsLoan(referral.instrument);
    return is_done && is_approved ? ApplicationStep::kGive : ApplicationStep::kNone;
}

std::set<RejectionReason> ToRejection(const std::set<RefusalReason>& reasons) {
    std::set<RejectionReason> heard;
    for (const RefusalReason reason : reasons) {
        switch (reason) {
            case RefusalReason::kOtherLoans:
            case RefusalReason::kCreditRecord: heard.insert(RejectionReason::kBankCredit); break;
            case RefusalReason::kNotEligible: heard.insert(RejectionReason::kNotEligible); break;
            case RefusalReason::kFundsExhausted:
                heard.insert(RejectionReason::kQuotaExhausted);
                break;
            case RefusalReason::kNoCapacity:
            case RefusalReason::kDocuments:
            case RefusalReason::kNoLoan:
            case RefusalReason::kOther: heard.insert(RejectionReason::kOther); break;
        }
    }
    return heard;
}

}  // namespace bangkit::aid
