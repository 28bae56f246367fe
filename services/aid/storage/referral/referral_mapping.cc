#include "services/aid/storage/referral/referral_mapping.h"

#include <stdexcept>

#include "bangkit/aid/v1/referral_events.pb.h"
#include "bangkit/aid/v1/referral_service.pb.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/working_days.h"

namespace bangkit::aid {
namespace {

using common::v1::AidInstrument;

void FillDetails(v1::Referral& out, const Referral& referral) {
    for (const RestructuringForm form : referral.forms) {
        out.add_forms(As<v1::RestructuringForm>(form));
    }
    for (const RestructuringForm form : referral.granted_forms) {
        out.add_granted_forms(As<v1::RestructuringForm>(form));
    }
    for (const RefusalReason reason : referral.refusal_reasons) {
        out.add_refusal_reasons(As<v1::RefusalReason>(reason));
    }
    out.set_months(referral.months);
    out.set_granted_months(referral.granted_months);
    out.set_escalated_to(referral.escalated_to);
}

/// The midnight with which a day begins.
Time BeginOf(Date day) { return indonesia::EndOf(day - std::chrono::days(1)); }

void FillStatistics(v1::AgreementStatistics& out, const Agreement& agreement) {
    out.set_program_id(agreement.program_id);
    out.set_region_code(agreement.region_code);
    out.set_partner_id(agreement.partner_id);
    out.set_partner_kind(As<v1::PartnerKind>(agreement.partner_kind));
    out.set_yearly_rate_basis_points(agreement.yearly_rate);
    out.set_is_ended(agreement.is_ended);
}

void FillStatistics(v1::ReferralStatistics& out, const Referral& referral) {
    out.set_application_id(referral.application_id);
    out.set_program_id(referral.program_id);
    out.set_business_id(referral.applicant.business_id);
    out.set_owner_id(referral.applicant.owner_id);
    out.set_region_code(referral.applicant.region_code);
    out.set_agreement_id(referral.agreement_id);
    out.set_instrument(As<AidInstrument>(referral.instrument));
    out.set_form(static_cast<v1::RestructuringForm>(FormOf(referral)));
    out.set_state(As<v1::ReferralState>(referral.state));
    out.set_silent(referral.is_silent);
    out.set_escalated(referral.escalated_at.has_value());
    out.set_amount_rupiah(referral.amount);
    Fill(*out.mutable_sent_at(), BeginOf(referral.sent_on));
    if (referral.answered_on) Fill(*out.mutable_answered_at(), BeginOf(*referral.answered_on));
}

/// The public message of an event of the domain.
template <typename Event>
struct MessageOf;
// clang-format off
template <> struct MessageOf<AgreementMade> { using Type = v1::AgreementMade; };
template <> struct MessageOf<AgreementEnded> { using Type = v1::AgreementEnded; };
template <> struct MessageOf<ReferralSent> { using Type = v1::ReferralSent; };
template <> struct MessageOf<ReferralEscalated> { using Type = v1::ReferralEscalated; };
template <> struct MessageOf<ReferralGranted> { using Type = v1::ReferralGranted; };
template <> struct MessageOf<ReferralRefused> { using Type = v1::ReferralRefused; };
template <> struct MessageOf<ReferralEnded> { using Type = v1::ReferralEnded; };
// clang-format on

// What a message says besides the statistics.
void FillRest(v1::ReferralEscalated& out, const ReferralEscalated& event) {
    out.set_escalated_to(event.to);
}
void FillRest(v1::ReferralGranted& out, const ReferralGranted& event) {
    for (const RestructuringForm form : event.forms) {
        out.add_forms(As<v1::RestructuringForm>(form));
    }
    out.set_months(event.months);
}
void FillRest(v1::ReferralRefused& out, const ReferralRefused& event) {
    for (const RefusalReason reason : event.reasons) {
        out.add_reasons(As<v1::RefusalReason>(reason));
    }
}
void FillRest(auto&, const auto&) {}

template <typename Response>
std::string Answer(const Agreement& agreement) {
    Response response;
    Fill(*response.mutable_agreement(), agreement);
    response.set_position(PositionOf(kAgreementAggregate, agreement.id, agreement.version));
    return response.SerializeAsString();
}

template <typename Response>
std::string Answer(const Referral& referral) {
    Response response;
    Fill(*response.mutable_referral(), referral);
    response.set_position(PositionOf(kReferralAggregate, referral.id, referral.version));
    return response.SerializeAsString();
}

}  // namespace

void Fill(v1::Agreement& out, const Agreement& agreement) {
    out.set_agreement_id(agreement.id);
    out.set_version(agreement.version);
    out.set_etag(EtagOf(agreement.version));
    out.set_program_id(agreement.program_id);
    out.set_region_code(agreement.region_code);
    out.set_partner_id(agreement.partner_id);
    out.set_partner_kind(As<v1::PartnerKind>(agreement.partner_kind));
    out.set_partner_name(agreement.partner_name);
    out.set_document(agreement.document);
    out.set_answer_days(agreement.answer_days);
    out.set_yearly_rate_basis_points(agreement.yearly_rate);
    out.set_months_max(agreement.months_max);
    out.set_is_ended(agreement.is_ended);
    Fill(*out.mutable_made_at(), agreement.made_at);
    if (agreement.ended_at) Fill(*out.mutable_ended_at(), *agreement.ended_at);
}

void Fill(v1::Referral& out, const Referral& referral) {
    FillDetails(out, referral);
    out.set_referral_id(referral.id);
    out.set_version(referral.version);
    out.set_etag(EtagOf(referral.version));
    out.set_application_id(referral.application_id);
    out.set_agreement_id(referral.agreement_id);
    out.set_partner_id(referral.partner_id);
    out.set_program_id(referral.program_id);
    out.set_business_id(referral.applicant.business_id);
    out.set_owner_id(referral.applicant.owner_id);
    out.set_region_code(referral.applicant.region_code);
    out.set_instrument(As<AidInstrument>(referral.instrument));
    out.set_state(As<v1::ReferralState>(referral.state));
    out.set_amount_rupiah(referral.amount);
    out.set_sent_on(indonesia::FormatDate(referral.sent_on));
    out.set_answer_due(indonesia::FormatDate(referral.answer_due));
    if (referral.answered_on) out.set_answered_on(indonesia::FormatDate(*referral.answered_on));
    out.set_is_silent(referral.is_silent);
    if (referral.escalated_at) Fill(*out.mutable_escalated_at(), *referral.escalated_at);
    Fill(*out.mutable_created_at(), referral.created_at);
    Fill(*out.mutable_updated_at(), referral.updated_at);
}

int FormOf(const Referral& referral) {
    const auto& forms = referral.granted_forms.empty() ? referral.forms : referral.granted_forms;
    return forms.empty() ? 0 : static_cast<int>(*forms.begin());
}

std::string SerializedDetails(const Referral& referral) {
    v1::Referral message;
    FillDetails(message, referral);
    return message.SerializeAsString();
}

void ReadDetails(std::string_view bytes, Referral& referral) {
    v1::Referral message;
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
        throw std::runtime_error("the details of a referral cannot be read");
    }
    for (const int form : message.forms()) referral.forms.insert(As<RestructuringForm>(form));
    for (const int form : message.granted_forms()) {
        referral.granted_forms.insert(As<RestructuringForm>(form));
    }
    for (const int reason : message.refusal_reasons()) {
        referral.refusal_reasons.insert(As<RefusalReason>(reason));
    }
    referral.months = message.months();
    referral.granted_months = message.granted_months();
    referral.escalated_to = message.escalated_to();
}

std::string AnswerTo(const MakeAgreement&, const Agreement& agreement) {
    return Answer<v1::MakeAgreementResponse>(agreement);
}
std::string AnswerTo(const EndAgreement&, const Agreement& agreement) {
    return Answer<v1::EndAgreementResponse>(agreement);
}
std::string AnswerTo(const ReferApplication&, const Referral& referral) {
    return Answer<v1::ReferApplicationResponse>(referral);
}
std::string AnswerTo(const AnswerReferral&, const Referral& referral) {
    return Answer<v1::AnswerReferralResponse>(referral);
}
std::string AnswerTo(const EscalateReferral&, const Referral& referral) {
    return Answer<v1::AnswerReferralResponse>(referral);
}
std::string AnswerTo(const EndReferral&, const Referral& referral) {
    return Answer<v1::EndReferralResponse>(referral);
}

std::string ToResult(const Referral& referral, bool is_changed) {
    v1::ReferralAnswerResult result;
    Fill(*result.mutable_referral(), referral);
    result.set_is_changed(is_changed);
    return result.SerializeAsString();
}

PublicEvent ToPublic(const Agreement& agreement, const AgreementEvent& event) {
    return std::visit(
        [&]<typename Event>(const Event& happened) {
            typename MessageOf<Event>::Type out;
            out.set_agreement_id(agreement.id);
            FillStatistics(*out.mutable_statistics(), agreement);
            Fill(*out.mutable_occurred_at(), happened.at);
            return PublicEvent{out.GetDescriptor()->full_name(), out.SerializeAsString()};
        },
        event);
}

PublicEvent ToPublic(const Referral& referral, const ReferralEvent& event) {
    return std::visit(
        [&]<typename Event>(const Event& happened) {
            typename MessageOf<Event>::Type out;
            out.set_referral_id(referral.id);
            FillStatistics(*out.mutable_statistics(), referral);
            Fill(*out.mutable_occurred_at(), happened.at);
            FillRest(out, happened);
            return PublicEvent{out.GetDescriptor()->full_name(), out.SerializeAsString()};
        },
        event);
}

}  // namespace bangkit::aid
