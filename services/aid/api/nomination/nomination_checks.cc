#include "services/aid/api/nomination/nomination_checks.h"

#include "libs/base/ids.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/kk.h"
#include "libs/indonesia/nik.h"
#include "libs/indonesia/phone.h"
#include "services/aid/api/region_field.h"

namespace bangkit::aid {
namespace {

using rpc::FieldChecker;
using rpc::Presence;

constexpr std::size_t kNameMax = 100;
constexpr std::size_t kAddressMax = 300;
constexpr std::size_t kPermitMax = 60;
constexpr std::size_t kEmailMax = 254;
constexpr Date kLastDay = std::chrono::year(2100) / 12 / 31;
// No new names are taken meanwhile, and nobody closes a window before its end.
constexpr std::chrono::days kWindowMax{180};

Presence RequiredIf(bool is_required) {
    return is_required ? Presence::kRequired : Presence::kOptional;
}

std::string CheckNik(FieldChecker& fields, const std::string& text, Date today) {
    const auto nik = fields.Take("record.nik", indonesia::ParseNik(text, today));
    return nik ? nik->digits : "";
}

std::string CheckPhone(FieldChecker& fields, const std::string& text) {
    const auto phone = fields.Take("record.phone", indonesia::ParsePhone(text));
    return phone ? phone->e164 : "";
}

std::string CheckFamilyCard(FieldChecker& fields, const std::string& text, Presence presence,
                            Date today) {
    if (text.empty()) {
        fields.Require("record.family_card", presence == Presence::kOptional);
        return {};
    }
    const auto card = fields.Take("record.family_card", indonesia::ParseKk(text, today));
    return card ? card->digits : "";
}

/// No cell of the list may be empty that its scheme has.
NomineeRecord CheckRecord(FieldChecker& fields, const v1::NomineeRecord& record,
                          NominationScheme scheme, Date today) {
    const Presence family = RequiredIf(scheme != NominationScheme::kBpum2020);
    const Presence place = RequiredIf(scheme == NominationScheme::kBpum2021);
    return {.nik = CheckNik(fields, record.nik(), today),
            .name = fields.Text("record.name", record.name(), kNameMax),
            .identity_card_address = fields.Text("record.identity_card_address",
                                                 record.identity_card_address(), kAddressMax),
            .line_of_business =
                fields.Text("record.line_of_business", record.line_of_business(), kNameMax),
            .phone = CheckPhone(fields, record.phone()),
            .family_card = CheckFamilyCard(fields, record.family_card(), family, today),
            .business_address = fields.Text("record.business_address", record.business_address(),
                                            kAddressMax, place),
            .permit = fields.Text("record.permit", record.permit(), kPermitMax, place),
            .email = fields.Text("record.email", record.email(), kEmailMax, Presence::kOptional)};
}

/// What is asked for a list that is there.
template <typename Request>
NominationCommand OfBatch(FieldChecker& fields, const Request& request) {
    return {
        .batch_id = fields.Uuid("batch_id", request.batch_id()), .application_id = {}, .deed = {}};
}

template <typename Request>
NominationCommand OfApplication(FieldChecker& fields, const Request& request) {
    return {.batch_id = {},
            .application_id = fields.Uuid("application_id", request.application_id()),
            .deed = {}};
}

}  // namespace

Result<CheckedNomination> NominationChecks::Check(
    const v1::StateNomineeRecordRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    NominationCommand command = OfApplication(fields, request);
    const auto scheme = As<NominationScheme>(fields.Enum("scheme", request.scheme()));
    fields.Require("record", request.has_record());
    command.deed = StateNomineeRecord{.scheme = scheme,
                                      .record = CheckRecord(fields, request.record(), scheme,
                                                            indonesia::LocalDate(clock_.Now()))};
    return Done<NominationCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedNomination> NominationChecks::Check(
    const v1::OpenNominationBatchRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    NominationCommand command{
        .batch_id = NewId(clock_.Now()),
        .application_id = {},
        .deed = OpenNominationBatch{
            .program_id = fields.Uuid("program_id", request.program_id()),
            .region_code = RegionField(fields, regions_, request.region_code()),
            .scheme = As<NominationScheme>(fields.Enum("scheme", request.scheme()))}};
    return Done<NominationCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedNomination> NominationChecks::Check(const v1::AddNomineesRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    NominationCommand command = OfBatch(fields, request);
    const auto most = fields.Number("nominees_max", request.nominees_max(), 0, kNomineesMax);
    command.deed = AddNominees{.most = most > 0 ? static_cast<int>(most) : kNomineesMax};
    return Done<NominationCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedNomination> NominationChecks::Check(
    const v1::SendNominationBatchRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    NominationCommand command = OfBatch(fields, request);
    command.deed = SendNominationBatch{.letter = fields.Reference("letter", request.letter())};
    return Done<NominationCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedNomination> NominationChecks::Check(
    const v1::OpenCorrectionWindowRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    NominationCommand command = OfBatch(fields, request);
    const Date until = fields.Day("until", request.until(), kLastDay).value_or(Date());
    if (until > indonesia::LocalDate(clock_.Now()) + kWindowMax) {
        fields.Refuse("until", "OUT_OF_RANGE", "must be at most 180 days from today");
    }
    command.deed = OpenCorrectionWindow{.until = until};
    return Done<NominationCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedNomination> NominationChecks::Check(const v1::RecordDecreeRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    NominationCommand command = OfBatch(fields, request);
    const Date today = indonesia::LocalDate(clock_.Now());
    command.deed = RecordDecree{
        .decree = fields.Reference("decree", request.decree()),
        .decreed_on = fields.Day("decreed_on", request.decreed_on(), today).value_or(today)};
    return Done<NominationCommand>(fields, std::move(request_id), std::move(command));
}

Result<CheckedNomination> NominationChecks::Check(const v1::WithdrawNomineeRequest& request) const {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    NominationCommand command = OfApplication(fields, request);
    command.deed = WithdrawNominee{};
    return Done<NominationCommand>(fields, std::move(request_id), std::move(command));
}

}  // namespace bangkit::aid
