#include "services/aid/api/referral/referral_checks.h"

#include <string>
#include <utility>

#include "libs/base/ids.h"
#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

using rpc::FieldChecker;

constexpr std::size_t kNameMax = 100;
constexpr std::chrono::days kSentMax{366};  // What is written down later is a mistake.

/// Today, unless a day that has been is given.
Date DayOf(FieldChecker& fields, std::string_view field, const std::string& text, Time now) {
    const Date today = indonesia::LocalDate(now);
    return fields.Day(field, text, today, rpc::Presence::kOptional).value_or(today);
}

Date SentOn(FieldChecker& fields, const std::string& text, Time now) {
    const Date day = DayOf(fields, "sent_on", text, now);
    if (day < indonesia::LocalDate(now) - kSentMax) {
        fields.Refuse("sent_on", "OUT_OF_RANGE", "must be at most a year ago");
    }
    return day;
}

/// Each named value once.
template <typename Enum, typename PublicEnum>
std::set<Enum> SetOf(FieldChecker& fields, std::string_view field, const auto& numbers) {
    std::set<Enum> values;
    for (const int number : numbers) {
        values.insert(As<Enum>(fields.Enum(field, static_cast<PublicEnum>(number))));
    }
    return values;
}

std::set<RestructuringForm> FormsOf(FieldChecker& fields, const auto& request) {
    return SetOf<RestructuringForm, v1::RestructuringForm>(fields, "forms", request.forms());
}

int MonthsOf(FieldChecker& fields, const auto& request) {
    return static_cast<int>(fields.Number("months", request.months(), 0, kMonthsMax));
}

}  // namespace

Result<CheckedReferral> Check(const v1::MakeAgreementRequest& request, Time now) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    MakeAgreement deed{
        .program_id = fields.Uuid("program_id", request.program_id()),
        .partner_id = fields.Uuid("partner_id", request.partner_id()),
        .partner_kind = As<PartnerKind>(fields.Enum("partner_kind", request.partner_kind())),
        .partner_name = fields.Text("partner_name", request.partner_name(), kNameMax),
        .document = fields.Reference("document", request.document()),
        .answer_days = static_cast<int>(
            fields.Number("answer_days", request.answer_days(), 1, kAnswerDaysMax)),
        .yearly_rate = static_cast<int>(fields.Number(
            "yearly_rate_basis_points", request.yearly_rate_basis_points(), 0, kYearlyRateMax)),
        .months_max =
            static_cast<int>(fields.Number("months_max", request.months_max(), 1, kMonthsMax))};
    ReferralCommand command{.id = NewId(now), .deed = std::move(deed)};
    return Done<ReferralCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedReferral> Check(const v1::EndAgreementRequest& request, Time) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    ReferralCommand command{.id = fields.Uuid("agreement_id", request.agreement_id()),
                            .deed = EndAgreement{}};
    return Done<ReferralCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedReferral> Check(const v1::ReferApplicationRequest& request, Time now) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    ReferApplication deed{.application_id = fields.Uuid("application_id", request.application_id()),
                          .agreement_id = fields.Uuid("agreement_id", request.agreement_id()),
                          .forms = FormsOf(fields, request),
                          .months = MonthsOf(fields, request),
                          .owed = fields.Amount("owed_rupiah", request.owed_rupiah()),
                          .sent_on = SentOn(fields, request.sent_on(), now)};
    ReferralCommand command{.id = NewId(now), .deed = std::move(deed)};
    return Done<ReferralCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedReferral> Check(const v1::AnswerReferralRequest& request, Time now) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    AnswerReferral deed{
        .is_granted = request.is_granted(),
        .forms = FormsOf(fields, request),
        .months = MonthsOf(fields, request),
        .reasons = SetOf<RefusalReason, v1::RefusalReason>(fields, "reasons", request.reasons()),
        .answered_on = DayOf(fields, "answered_on", request.answered_on(), now)};
    if (!deed.is_granted) fields.Require("reasons", !request.reasons().empty());
    ReferralCommand command{.id = fields.Uuid("referral_id", request.referral_id()),
                            .expected_version = fields.Etag("etag", request.etag()),
                            .deed = std::move(deed)};
    return Done<ReferralCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedReferral> Check(const v1::EndReferralRequest& request, Time) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    ReferralCommand command{.id = fields.Uuid("referral_id", request.referral_id()),
                            .expected_version = fields.Etag("etag", request.etag()),
                            .deed = EndReferral{}};
    return Done<ReferralCommand>(fields, std::move(request_id), std::move(command));
}

}  // namespace bangkit::aid
