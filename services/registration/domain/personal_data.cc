#include "services/registration/domain/personal_data.h"

#include <algorithm>

namespace bangkit::registration {
namespace {

std::unexpected<Error> Erased() {
    return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                   "the data of this person has been erased");
}

/// An open request of this kind, whose owner is still there.
Result<void> CheckOpen(const OwnerStanding& owner, const SubjectRequest& request,
                       SubjectRequestKind kind) {
    if (request.kind != kind) {
        return Refused(ErrorCode::kFailedPrecondition, "SUBJECT_REQUEST_KIND_WRONG",
                       "the person has demanded something else");
    }
    if (request.state != SubjectRequestState::kOpen) {
        return Refused(ErrorCode::kFailedPrecondition, "SUBJECT_REQUEST_CLOSED",
                       "this request is closed already");
    }
    if (owner.is_erased) return Erased();
    return {};
}

}  // namespace

const std::set<OwnerField>& FieldsFor(Purpose purpose) {
    using enum OwnerField;
    static const std::set<OwnerField> kContact{kName, kPhone}, kPayee{kNik, kName},
        kAll{kNik,       kName, kPhone, kIdentityCardAddress, kNpwp,      kKk,
             kBirthDate, kSex,  kEmail, kDisability,          kOccupation};
    switch (purpose) {
        case Purpose::kSurvey: return kContact;
        case Purpose::kPayment: return kPayee;
        case Purpose::kCorrection:
        case Purpose::kLegalObligation:
        case Purpose::kSubjectRequest: break;
    }
    return kAll;
}

bool IsForOfficers(Purpose purpose) {
    return purpose == Purpose::kSurvey || purpose == Purpose::kCorrection;
}

Result<void> Decide(const OwnerStanding& owner, const RevealOwner& command, bool is_officer) {
    if (is_officer && !IsForOfficers(command.purpose)) {
        return Refused(ErrorCode::kPermissionDenied, "PURPOSE_NOT_ALLOWED",
                       "this purpose is not for your role");
    }
    if (!std::ranges::includes(FieldsFor(command.purpose), command.fields)) {
        return Refused(ErrorCode::kPermissionDenied, "FIELD_NOT_FOR_PURPOSE",
                       "this purpose does not need all of these fields");
    }
    if (owner.is_erased) return Erased();
    return {};
}

Result<void> Decide(const DiscloseBusinesses& command, bool is_officer) {
    if (!is_officer && command.purpose != Purpose::kSubjectRequest) return {};
    return Refused(ErrorCode::kPermissionDenied, "PURPOSE_NOT_ALLOWED",
                   "files of many people are for offices, and for no request of one person");
}

Result<void> Decide(const FindByIdentity& command, bool is_officer) {
    return Decide(OwnerStanding{},
                  RevealOwner{.business_id = {},
                              .purpose = command.purpose,
                              .case_reference = command.case_reference,
                              .fields = {command.field}},
                  is_officer);
}

Result<SubjectRequest> Decide(const OwnerStanding& owner, const SubjectRequest* open,
                              const OpenSubjectRequest& command, Time now) {
    if (owner.is_erased) return Erased();
    if (open != nullptr) {
        return std::unexpected(Error{.code = ErrorCode::kAlreadyExists,
                                     .reason = "SUBJECT_REQUEST_OPEN",
                                     .message = "the person has demanded this already",
                                     .metadata = {{"subject_request_id", open->id}}});
    }
    return SubjectRequest{.id = command.subject_request_id,
                          .kind = command.kind,
                          .owner_id = owner.id,
                          .business_id = command.business_id,
                          .region_code = {},
                          .case_reference = command.case_reference,
                          .requested_at = now,
                          .due_at = now + kSubjectRequestTime,
                          .closed_at = {},
                          .refusal = {},
                          .exported_at = {}};
}

Result<SubjectRequest> Decide(const OwnerStanding& owner, const SubjectRequest& request,
                              const EraseOwner&, Time now) {
    const Result<void> open = CheckOpen(owner, request, SubjectRequestKind::kErasure);
    if (!open) return std::unexpected(open.error());
    if (!owner.legal_hold.empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "LEGAL_HOLD",
                       "a legal process forbids that this person is erased");
    }
    SubjectRequest done = request;
    done.state = SubjectRequestState::kDone;
    done.closed_at = now;
    return done;
}

Time FilesDestroyedBy(Time due_at, Time now) {
    return std::clamp(due_at, now + kFilesTimeMin, now + kFilesTimeMax);
}

Result<SubjectRequest> Decide(const OwnerStanding& owner, const SubjectRequest& request,
                              const ExportPersonalData&, Time now) {
    const Result<void> open = CheckOpen(owner, request, SubjectRequestKind::kAccess);
    if (!open) return std::unexpected(open.error());
    SubjectRequest exported = request;
    exported.exported_at = now;
    return exported;
}

Result<SubjectRequest> Decide(const SubjectRequest& request, const CloseSubjectRequest& command,
                              Time now) {
    if (request.state != SubjectRequestState::kOpen) {
        return Refused(ErrorCode::kFailedPrecondition, "SUBJECT_REQUEST_CLOSED",
                       "this request is closed already");
    }
    if (!command.refusal && request.kind == SubjectRequestKind::kErasure) {
        return Refused(ErrorCode::kFailedPrecondition, "SUBJECT_REQUEST_KIND_WRONG",
                       "an erasure is done by erasing");
    }
    if (!command.refusal && !request.exported_at) {
        return Refused(ErrorCode::kFailedPrecondition, "NOT_EXPORTED",
                       "the document has not been made yet");
    }
    SubjectRequest closed = request;
    closed.state = command.refusal ? SubjectRequestState::kRefused : SubjectRequestState::kDone;
    closed.closed_at = now;
    closed.refusal = command.refusal;
    return closed;
}

Result<OwnerStanding> Decide(const OwnerStanding& owner, const SetLegalHold& command) {
    if (owner.is_erased) return Erased();
    OwnerStanding held = owner;
    held.legal_hold = command.case_reference;
    return held;
}

}  // namespace bangkit::registration
