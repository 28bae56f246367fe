#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/aid/domain/application/applicant.h"
#include "services/aid/domain/program/program.h"
#include "services/aid/domain/program/rules.h"

namespace bangkit::aid {

// An application for aid, from its draft to the end of what came of it. The numbers are stored and
// sent: never change one, only add.
enum class ApplicationState {
    kDraft = 1,
    kSubmitted = 2,
    kDocumentsChecked = 3,
    kSurveyed = 4,
    kApproved = 5,
    kScheduled = 6,  // In a batch for the bank.
    kDisbursed = 7,
    kSupervised = 8,
    kClosed = 9,
    kReturned = 10,  // To be corrected.
    kRejected = 11,
    kWithdrawn = 12,
    kCancelled = 13,
    kRefunded = 14
};
enum class ReturnReason {
    kMissing = 1,
    kUnreadable = 2,
    kExpired = 3,
    kDiffers = 4,  // From what is stated or registered.
    kNotSigned = 5
};
enum class RejectionReason {
    kNikMismatch = 1,  // NIK_TIDAK_PADAN
    kBankCredit = 2,
    kKur = 3,
    kNotMicro = 4,
    kDeceased = 5,
    kTwice = 6,
    kPaidByTheState = 7,
    kNotEligible = 8,  // By the rules of the programme.
    kSurveyNegative = 9,
    kQuotaExhausted = 10,
    kNotCorrected = 11,
    kOther = 12
};

enum class DocumentFormat { kPdf = 1, kJpeg = 2, kPng = 3 };

/// What is wrong with one document.
struct ReturnedItem {
    DocumentKind document = DocumentKind::kIdentityCard;
    ReturnReason reason = ReturnReason::kMissing;
    bool operator==(const ReturnedItem&) const = default;
};

/// Until when what has to be put right, and what has been since.
struct Correction {
    std::vector<ReturnedItem> items;
    Date until;  // The last day, in Jakarta.
    std::set<DocumentKind> corrected = {};
    bool operator==(const Correction&) const = default;
};

struct Application {
    std::string id;
    std::int64_t version = 0;
    std::string program_id;
    Applicant applicant;
    ApplicationState state = ApplicationState::kDraft;
    std::int64_t amount = 0;  // Rupiah from the budget: asked for, and from approval on given.
    std::int64_t lent = 0;    // Rupiah that a bank is asked to lend; 0: it is no loan.
    std::string statement;    // What was stated of the applicant, as it is stored: sealed.
    std::map<DocumentKind, std::string> documents;  // To the id of the latest.
    std::set<std::string> survey_photos;            // Ids; since it was last submitted.
    std::optional<Correction> correction;           // While it is returned.
    std::set<std::string> entered_by;               // Who wrote anything that is decided on.
    std::set<std::string> surveyed_by;
    bool is_recommended = false;  // By the last survey.
    std::string approved_by;
    std::int32_t rules_version = 0;  // By which it was last found eligible.
    std::string budget_id;           // From which it is paid; set at approval.
    std::string payment_reference;   // The same for every attempt; set with the first batch.
    std::int32_t failed_attempts = 0;
    std::set<RejectionReason> rejection_reasons;
    Time created_at;
    std::optional<Time> submitted_at;  // For the first time.
    std::optional<Time> approved_at;
    Time updated_at;

    bool Exists() const { return version > 0; }
};

// Commands. Whoever gives one is the actor.

struct StartApplication {
    std::string application_id;  // Made for this command.
    std::string program_id;
    Applicant applicant;
    std::int64_t amount = 0;  // Of a loan; of a grant what the programme gives.
};
/// In place of what was stated before.
struct StateFacts {
    std::string household;
    std::string statement;  // Sealed.
};
/// What the files of an application, all that were ever attached, need together.
struct DocumentsHeld {
    std::int64_t files = 0;
    std::int64_t bytes = 0;
};
struct AttachDocument {
    DocumentKind kind = DocumentKind::kIdentityCard;
    std::string document_id;
    DocumentFormat format = DocumentFormat::kPdf;
    std::int64_t bytes = 0;
    std::string sha256 = {};
    DocumentsHeld held = {};  // Before it.
};
struct SubmitApplication {};
struct CheckDocuments {};
struct RecordSurvey {
    bool is_recommended = false;
};
struct ReturnApplication {
    std::vector<ReturnedItem> items;
    Date until;
};
struct ApproveApplication {
    std::set<ApproverRole> roles;  // Of the actor.
    std::string budget_id;
};
struct RejectApplication {
    std::set<RejectionReason> reasons;
};
/// Nobody has put it right in time.
struct ExpireCorrection {
    Time now;  // By the clock of the database, which alone says that a day is over.
};
struct WithdrawApplication {};
struct CancelApplication {};
struct SchedulePayment {
    std::string
        payment_reference;  // Made for this command; not used if there was an attempt before.
};
struct ConfirmPayment {};
struct FailPayment {};
struct RecordSupervision {};
struct CloseApplication {};
struct RecordRefund {};

// Events.

struct ApplicationStarted {
    std::string application_id;
    std::string program_id;
    Applicant applicant;
    std::int64_t amount = 0;
    std::int64_t lent = 0;
    std::string by;
    Time at;
};
struct FactsStated {
    std::string household;
    std::string statement;
    std::string by;
    Time at;
};
struct DocumentAttached {
    DocumentKind kind;
    std::string document_id;
    std::string by;
    Time at;
};
struct ApplicationSubmitted {
    std::int32_t rules_version;
    std::string by;
    Time at;
};
struct DocumentsChecked {
    Time at;
};
struct ApplicationSurveyed {
    bool is_recommended;
    std::string by;
    Time at;
};
struct ApplicationReturned {
    std::vector<ReturnedItem> items;
    Date until;
    Time at;
};
struct ApplicationApproved {
    std::int64_t amount;
    std::int32_t rules_version;
    std::string budget_id;
    std::string by;
    Time at;
};
struct ApplicationRejected {
    std::set<RejectionReason> reasons;
    Time at;
};
struct ApplicationWithdrawn {
    Time at;
};
struct ApplicationCancelled {
    Time at;
};
struct AidScheduled {
    std::string payment_reference;
    Time at;
};
struct AidDisbursed {
    Time at;
};
struct DisbursementFailed {
    Time at;
};
struct SupervisionRecorded {
    Time at;
};
struct ApplicationClosed {
    Time at;
};
struct AidReturned {
    Time at;
};
using ApplicationEvent =
    std::variant<ApplicationStarted, FactsStated, DocumentAttached, ApplicationSubmitted,
                 DocumentsChecked, ApplicationSurveyed, ApplicationReturned, ApplicationApproved,
                 ApplicationRejected, ApplicationWithdrawn, ApplicationCancelled, AidScheduled,
                 AidDisbursed, DisbursementFailed, SupervisionRecorded, ApplicationClosed,
                 AidReturned>;

/// What an application is decided against, besides itself.
struct DecisionContext {
    const Program& program;
    const Facts& facts;  // Of the applicant, now.
    const std::string& actor;
    Time now;
};

// The refusals that all have in common: NOT_FOUND (APPLICATION_NOT_FOUND), FAILED_PRECONDITION
// (APPLICATION_STATE_WRONG).

/// The programme takes applications today. FAILED_PRECONDITION: PROGRAM_NOT_OPEN; of a loan also
/// AMOUNT_TOO_HIGH. INVALID_ARGUMENT: a loan of nothing.
Result<ApplicationEvent> Decide(const StartApplication& command, const DecisionContext& context);
Result<ApplicationEvent> Decide(const Application& application, const StateFacts& command,
                                const DecisionContext& context);
/// RESOURCE_EXHAUSTED, DOCUMENTS_FULL. A photograph of a survey once the documents are checked, by
/// somebody who entered nothing: PERMISSION_DENIED, MAKER_IS_CHECKER.
Result<ApplicationEvent> Decide(const Application& application, const AttachDocument& command,
                                const DecisionContext& context);
/// All documents of the checklist are there, what was returned is put right in time, and every rule
/// holds. FAILED_PRECONDITION: DOCUMENTS_MISSING, NOT_CORRECTED, CORRECTION_PERIOD_OVER,
/// NOT_ELIGIBLE with the codes of the rules, PROGRAM_NOT_OPEN (but for a correction).
Result<ApplicationEvent> Decide(const Application& application, const SubmitApplication& command,
                                const DecisionContext& context);
Result<ApplicationEvent> Decide(const Application& application, const CheckDocuments& command,
                                const DecisionContext& context);
/// By somebody who entered nothing. PERMISSION_DENIED, MAKER_IS_CHECKER.
Result<ApplicationEvent> Decide(const Application& application, const RecordSurvey& command,
                                const DecisionContext& context);
/// FAILED_PRECONDITION: PERIOD_TOO_SHORT, the last day is before tomorrow.
Result<ApplicationEvent> Decide(const Application& application, const ReturnApplication& command,
                                const DecisionContext& context);
/// By somebody who neither entered nor surveyed anything and may approve as much; every rule still
/// holds, and the survey recommends it. PERMISSION_DENIED: MAKER_IS_CHECKER, BAND_EXCEEDED.
/// FAILED_PRECONDITION: NOT_ELIGIBLE, SURVEY_NEGATIVE, PROGRAM_SETTLED.
Result<ApplicationEvent> Decide(const Application& application, const ApproveApplication& command,
                                const DecisionContext& context);
Result<ApplicationEvent> Decide(const Application& application, const RejectApplication& command,
                                const DecisionContext& context);
/// After the last day for corrections only: FAILED_PRECONDITION, CORRECTION_PERIOD_RUNS.
Result<ApplicationEvent> Decide(const Application& application, const ExpireCorrection& command,
                                const DecisionContext& context);
Result<ApplicationEvent> Decide(const Application& application, const WithdrawApplication& command,
                                const DecisionContext& context);
Result<ApplicationEvent> Decide(const Application& application, const CancelApplication& command,
                                const DecisionContext& context);
Result<ApplicationEvent> Decide(const Application& application, const SchedulePayment& command,
                                const DecisionContext& context);
Result<ApplicationEvent> Decide(const Application& application, const ConfirmPayment& command,
                                const DecisionContext& context);
/// The money stays reserved, and the next attempt has the same reference.
Result<ApplicationEvent> Decide(const Application& application, const FailPayment& command,
                                const DecisionContext& context);
Result<ApplicationEvent> Decide(const Application& application, const RecordSupervision& command,
                                const DecisionContext& context);
Result<ApplicationEvent> Decide(const Application& application, const CloseApplication& command,
                                const DecisionContext& context);
Result<ApplicationEvent> Decide(const Application& application, const RecordRefund& command,
                                const DecisionContext& context);
Application Apply(Application application, const ApplicationEvent& event);

/// What the event does to the budget; `before`: as the application was. nullopt: nothing.
std::optional<PostingOrder> PostingOf(const Application& before, const ApplicationEvent& event);

}  // namespace bangkit::aid
