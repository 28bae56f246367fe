#include "services/registration/api/personal_data_checks.h"

#include "libs/base/ids.h"
#include "libs/grpc/fields.h"
#include "libs/indonesia/format.h"
#include "libs/indonesia/nik.h"
#include "libs/indonesia/phone.h"

namespace bangkit::registration {
namespace {

using rpc::FieldChecker;
using rpc::Presence;

constexpr std::size_t kReferenceMin = 3;
constexpr std::size_t kReferenceMax = 40;
constexpr int kDigitsInARowMax = 9;  // A phone number has more.

std::string Reference(FieldChecker& fields, const std::string& text,
                      Presence presence = Presence::kRequired) {
    if (text.empty() && presence == Presence::kOptional) return "";
    if (text.empty()) {
        fields.Refuse("case_reference", "REQUIRED", "is required");
    } else if (!IsCaseReference(text)) {
        fields.Refuse("case_reference", "REFERENCE_INVALID",
                      "must be 3 to 40 letters, digits and . / - with a digit, at most 9 in a row");
    }
    return text;
}

Result<CheckedPersonalData> Checked(FieldChecker& fields, std::string request_id,
                                    PersonalDataCommand command) {
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    return CheckedPersonalData{std::move(request_id), std::move(command)};
}

}  // namespace

bool IsCaseReference(std::string_view text) {
    if (text.size() < kReferenceMin || text.size() > kReferenceMax) return false;
    int in_a_row = 0;
    bool has_digit = false;
    for (const char c : text) {
        const bool is_digit = c >= '0' && c <= '9';
        const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!is_digit && !is_letter && c != '.' && c != '/' && c != '-') return false;
        has_digit = has_digit || is_digit;
        if (is_digit) ++in_a_row;
        if (is_letter) in_a_row = 0;  // Punctuation does not end it: 0812-3456-7890.
        if (in_a_row > kDigitsInARowMax) return false;
    }
    return has_digit;
}

Result<CheckedPersonalData> Check(const v1::RevealOwnerRequest& request, Time) {
    FieldChecker fields;
    RevealOwner command;
    command.business_id = fields.Uuid("business_id", request.business_id());
    command.purpose = static_cast<Purpose>(fields.Enum("purpose", request.purpose()));
    command.case_reference = Reference(fields, request.case_reference());
    fields.Require("fields", request.fields_size() > 0);
    for (int i = 0; i < request.fields_size(); ++i) {
        command.fields.insert(static_cast<OwnerField>(
            fields.Enum("fields[" + std::to_string(i) + "]", request.fields(i))));
    }
    return Checked(fields, "", std::move(command));
}

Result<CheckedPersonalData> Check(const v1::FindByIdentityRequest& request, Time now) {
    FieldChecker fields;
    FindByIdentity command;
    fields.Require("identity", request.identity_case() != request.IDENTITY_NOT_SET);
    if (request.has_nik()) {
        const auto nik = fields.Take(
            "nik", indonesia::ParseNik(request.nik(), indonesia::LocalDate(now), nullptr));
        if (nik) command.value = nik->digits;
    } else if (request.has_phone()) {
        command.field = OwnerField::kPhone;
        const auto phone = fields.Take("phone", indonesia::ParsePhone(request.phone()));
        if (phone) command.value = phone->e164;
    }
    command.purpose = static_cast<Purpose>(fields.Enum("purpose", request.purpose()));
    command.case_reference = Reference(fields, request.case_reference());
    return Checked(fields, "", std::move(command));
}

Result<CheckedPersonalData> Check(const v1::DiscloseBusinessesRequest& request, Time) {
    FieldChecker fields;
    DiscloseBusinesses command;
    command.purpose = static_cast<Purpose>(fields.Enum("purpose", request.purpose()));
    command.case_reference = Reference(fields, request.case_reference());
    return Checked(fields, "", std::move(command));
}

Result<CheckedPersonalData> Check(const v1::OpenSubjectRequestRequest& request, Time now) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    OpenSubjectRequest command;
    command.subject_request_id = NewId(now);
    command.business_id = fields.Uuid("business_id", request.business_id());
    command.kind = static_cast<SubjectRequestKind>(fields.Enum("kind", request.kind()));
    command.case_reference = Reference(fields, request.case_reference());
    return Checked(fields, std::move(request_id), std::move(command));
}

Result<CheckedPersonalData> Check(const v1::EraseOwnerRequest& request, Time) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    EraseOwner command;
    command.subject_request_id = fields.Uuid("subject_request_id", request.subject_request_id());
    return Checked(fields, std::move(request_id), std::move(command));
}

Result<CheckedPersonalData> Check(const v1::ExportPersonalDataRequest& request, Time) {
    FieldChecker fields;
    ExportPersonalData command;
    command.subject_request_id = fields.Uuid("subject_request_id", request.subject_request_id());
    return Checked(fields, "", std::move(command));
}

Result<CheckedPersonalData> Check(const v1::CloseSubjectRequestRequest& request, Time) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    CloseSubjectRequest command;
    command.subject_request_id = fields.Uuid("subject_request_id", request.subject_request_id());
    const auto refusal = fields.Enum("refusal", request.refusal(), Presence::kOptional);
    if (refusal != v1::SUBJECT_REQUEST_REFUSAL_UNSPECIFIED) {
        command.refusal = static_cast<Refusal>(refusal);
    }
    return Checked(fields, std::move(request_id), std::move(command));
}

Result<CheckedPersonalData> Check(const v1::SetLegalHoldRequest& request, Time) {
    FieldChecker fields;
    std::string request_id = fields.Uuid("request_id", request.request_id());
    SetLegalHold command;
    command.business_id = fields.Uuid("business_id", request.business_id());
    command.case_reference = Reference(fields, request.case_reference(), Presence::kOptional);
    return Checked(fields, std::move(request_id), std::move(command));
}

}  // namespace bangkit::registration
