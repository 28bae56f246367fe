#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "libs/base/clock.h"
#include "libs/base/result.h"

namespace bangkit::registration {

// What identifies people, who may see it, and what they may demand (UU 27/2022). The numbers are
// those of bangkit.registration.v1, stored and sent: never change one, only add.
enum class Purpose {
    kSurvey = 1,
    kPayment = 2,
    kCorrection = 3,
    kLegalObligation = 4,
    kSubjectRequest = 5
};
enum class OwnerField {
    kNik = 1,
    kName = 2,
    kPhone = 3,
    kIdentityCardAddress = 4,
    kNpwp = 5,
    kKk = 6,
    kBirthDate = 7,
    kSex = 8,
    kEmail = 9,
    kDisability = 10,
    kOccupation = 11
};
enum class SubjectRequestKind { kErasure = 1, kAccess = 2 };
enum class SubjectRequestState { kOpen = 1, kDone = 2, kRefused = 3 };
enum class Refusal { kLegalProcess = 1, kIdentityNotShown = 2, kWithdrawn = 3 };

/// 3 x 24 hours, whatever the calendar says.
inline constexpr std::chrono::hours kSubjectRequestTime{72};

/// Imports that are running when somebody is erased have so long to end.
inline constexpr std::chrono::hours kFilesTimeMin{1}, kFilesTimeMax{24};

/// An owner, as far as these rules look at one.
struct OwnerStanding {
    std::string id;
    bool is_erased = false;
    std::string legal_hold;  // The case that forbids an erasure; empty: none.
};

struct SubjectRequest {
    std::string id;
    SubjectRequestKind kind = SubjectRequestKind::kErasure;
    SubjectRequestState state = SubjectRequestState::kOpen;
    std::string owner_id;
    std::string business_id;
    std::string region_code;
    std::string case_reference;
    Time requested_at;
    Time due_at;
    std::optional<Time> closed_at;
    std::optional<Refusal> refusal;
    std::optional<Time> exported_at;  // Of an access request: its document, last.

    bool IsOverdue(Time now) const { return state == SubjectRequestState::kOpen && now >= due_at; }
    bool operator==(const SubjectRequest&) const = default;
};

// Commands.

struct RevealOwner {
    std::string business_id;
    Purpose purpose = Purpose::kSurvey;
    std::string case_reference;
    std::set<OwnerField> fields;
};

/// Owners of many businesses, for a file.
struct DiscloseBusinesses {
    std::set<std::string> business_ids;
    Purpose purpose = Purpose::kSurvey;
    std::string case_reference;
};

struct OpenSubjectRequest {
    std::string subject_request_id;  // Made for this command.
    std::string business_id;
    SubjectRequestKind kind = SubjectRequestKind::kErasure;
    std::string case_reference;
};

struct EraseOwner {
    std::string subject_request_id;
};

struct ExportPersonalData {
    std::string subject_request_id;
};

struct CloseSubjectRequest {
    std::string subject_request_id;
    std::optional<Refusal> refusal;  // Unset: the person has what they asked for.
};

struct SetLegalHold {
    std::string business_id;
    std::string case_reference;  // Empty: nothing forbids an erasure any more.
};

/// Whose businesses are asked for by what identifies a person.
struct FindByIdentity {
    OwnerField field = OwnerField::kNik;  // Or kPhone.
    std::string value;                    // As it is kept. Personal data.
    Purpose purpose = Purpose::kSurvey;
    std::string case_reference;
};

using PersonalDataCommand =
    std::variant<RevealOwner, OpenSubjectRequest, EraseOwner, ExportPersonalData,
                 CloseSubjectRequest, SetLegalHold, DiscloseBusinesses, FindByIdentity>;

/// What a purpose needs; nothing else is shown for it.
const std::set<OwnerField>& FieldsFor(Purpose purpose);
/// Field officers visit and correct; payments and legal matters are for the offices.
bool IsForOfficers(Purpose purpose);

/// Whether owners may be shown in a file for this purpose; who is erased is left out of it.
Result<void> Decide(const DiscloseBusinesses& command, bool is_officer);
/// Whether people may be looked for by this, whoever there is.
Result<void> Decide(const FindByIdentity& command, bool is_officer);
/// Whether the owner may be shown. `is_officer`: the caller has no role of an office.
Result<void> Decide(const OwnerStanding& owner, const RevealOwner& command, bool is_officer);
/// The request, with its clock running from `now`. `open`: of the same kind and owner, if there is
/// one.
Result<SubjectRequest> Decide(const OwnerStanding& owner, const SubjectRequest* open,
                              const OpenSubjectRequest& command, Time now);
/// The request as the erasure leaves it.
Result<SubjectRequest> Decide(const OwnerStanding& owner, const SubjectRequest& request,
                              const EraseOwner& command, Time now);
/// By when files that are on their way at an erasure are destroyed: in time for the demand, unless
/// it was left to the last hour.
Time FilesDestroyedBy(Time due_at, Time now);
Result<SubjectRequest> Decide(const OwnerStanding& owner, const SubjectRequest& request,
                              const ExportPersonalData& command, Time now);
Result<SubjectRequest> Decide(const SubjectRequest& request, const CloseSubjectRequest& command,
                              Time now);
/// The owner as the command leaves it.
Result<OwnerStanding> Decide(const OwnerStanding& owner, const SetLegalHold& command);

}  // namespace bangkit::registration
