#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <variant>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "libs/indonesia/working_days.h"
#include "services/aid/domain/application/application.h"
#include "services/aid/domain/referral/agreement.h"

namespace bangkit::aid {

// An application in the hands of a partner: for the check of a credit, a restructuring or a payment
// holiday. The numbers are stored and sent: never change one, only add.
enum class ReferralState {
    kSent = 1,
    kGranted = 2,  // Of a loan: the check was passed.
    kRefused = 3,
    kEnded = 4  // Nothing is asked of the partner any more.
};
/// POJK 11/POJK.03/2020.
enum class RestructuringForm {
    kRateCut = 1,
    kTenorExtension = 2,
    kPrincipalArrearsReduction = 3,
    kInterestArrearsReduction = 4,
    kAdditionalFacility = 5,
    kEquityConversion = 6
};
enum class RefusalReason {
    kOtherLoans = 1,
    kCreditRecord = 2,
    kNoCapacity = 3,
    kDocuments = 4,
    kNotEligible = 5,
    kNoLoan = 6,
    kFundsExhausted = 7,
    kOther = 8
};

struct Referral {
    std::string id;
    std::int64_t version = 0;
    std::string application_id;
    std::string agreement_id;
    std::string partner_id;
    std::string program_id;
    Applicant applicant;  // Without a household.
    Instrument instrument = Instrument::kInterestFreeLoan;
    ReferralState state = ReferralState::kSent;
    std::int64_t amount = 0;            // Rupiah: of a loan what is asked for, else what is owed.
    std::set<RestructuringForm> forms;  // Asked for, as the months are.
    int months = 0;
    std::set<RestructuringForm> granted_forms;
    int granted_months = 0;
    std::set<RefusalReason> refusal_reasons;
    Date sent_on;
    Date answer_due;  // The last day.
    std::optional<Date> answered_on;
    bool is_silent = false;    // The last day has passed, and there is no answer.
    std::string escalated_to;  // The region that was told; empty: none was.
    std::optional<Time> escalated_at;
    std::string entered_by;
    Time created_at;
    Time updated_at;

    bool Exists() const { return version > 0; }
    /// When it is to be escalated; nullopt: no more.
    std::optional<Time> DueAt() const;
};

// Commands.

struct ReferApplication {
    std::string application_id;
    std::string agreement_id;
    std::set<RestructuringForm> forms;
    int months = 0;
    std::int64_t owed = 0;  // Rupiah, to the partner; not of a loan.
    Date sent_on;
};
struct AnswerReferral {
    bool is_granted = false;
    std::set<RestructuringForm> forms;  // None: of a loan, and where months are granted.
    int months = 0;                     // 0: as asked for.
    std::set<RefusalReason> reasons;
    Date answered_on;
};
/// The last day for an answer is over.
struct EscalateReferral {
    Time now;  // By the database's clock.
};
struct EndReferral {};

// Events.

struct ReferralSent {
    Referral referral;  // Without a version.
    Time at;
};
struct ReferralEscalated {
    std::string to;
    Time at;
};
struct ReferralGranted {
    std::set<RestructuringForm> forms;
    int months = 0;
    Date answered_on;
    Time at;
};
struct ReferralRefused {
    std::set<RefusalReason> reasons;
    Date answered_on;
    Time at;
};
struct ReferralEnded {
    Time at;
};
using ReferralEvent =
    std::variant<ReferralSent, ReferralEscalated, ReferralGranted, ReferralRefused, ReferralEnded>;

/// What an application is handed over by.
struct ReferringContext {
    const Application& application;
    const Program& program;
    const Agreement& agreement;
    bool is_with_a_partner = false;  // Already, or granted by one.
    const indonesia::WorkingDays& calendar;
    const std::string& actor;
    Time now;
};

/// An application for a loan whose documents are checked, an approved one of the others.
/// NOT_FOUND: APPLICATION_NOT_FOUND, AGREEMENT_NOT_FOUND. FAILED_PRECONDITION: AGREEMENT_ENDED,
/// APPLICATION_STATE_WRONG, ALREADY_REFERRED, MONTHS_TOO_MANY, REFERRAL_INCOMPLETE (a restructuring
/// names its forms, a loan and a payment holiday their months).
Result<ReferralEvent> Decide(const ReferApplication& command, const std::string& referral_id,
                             const ReferringContext& context);
/// nullopt: that is what the partner has said before. If the application is over meanwhile, so is
/// the referral. NOT_FOUND: REFERRAL_NOT_FOUND. FAILED_PRECONDITION: REFERRAL_ANSWERED (otherwise),
/// REFERRAL_ENDED, ANSWERED_BEFORE_SENT, DATE_IN_FUTURE, REFERRAL_INCOMPLETE.
Result<std::optional<ReferralEvent>> Decide(const Referral& referral, const AnswerReferral& command,
                                            const Application& application, Time now);
/// Once, and not before its last day is over: FAILED_PRECONDITION, ANSWER_NOT_DUE. If the
/// application is over, so is the referral.
Result<ReferralEvent> Decide(const Referral& referral, const EscalateReferral& command,
                             const Application& application);
/// FAILED_PRECONDITION: REFERRAL_ANSWERED, REFERRAL_ENDED.
Result<ReferralEvent> Decide(const Referral& referral, const EndReferral& command, Time now);
Referral Apply(Referral referral, const ReferralEvent& event);

/// What becomes of the application by what the partner says.
enum class ApplicationStep {
    kNone,
    kReject,  // The check of the credit was not passed.
    kCancel,  // The partner does not do it.
    kGive     // The terms are changed: it has what it applied for.
};
ApplicationStep StepOf(const Referral& referral, const Application& application,
                       const ReferralEvent& event);
/// As an applicant hears it.
std::set<RejectionReason> ToRejection(const std::set<RefusalReason>& reasons);

}  // namespace bangkit::aid
