#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "services/dashboard/domain/month.h"

namespace bangkit::dashboard {

// The numbers are those of bangkit.common.v1 and bangkit.aid.v1, stored and sent: never change one,
// only add.
enum class Instrument {
    kCashGrant = 1,
    kInKind = 2,
    kInterestFreeLoan = 3,
    kRestructuringReferral = 4,
    kPaymentHolidayReferral = 5,
    kExternalNomination = 6,
    kAwardLoan = 7
};
enum class ProgramState { kDraft = 1, kOpen = 2, kPaused = 3, kClosed = 4, kSettled = 5 };
enum class ApplicationState {
    kDraft = 1,
    kSubmitted = 2,
    kDocumentsChecked = 3,
    kSurveyed = 4,
    kApproved = 5,
    kScheduled = 6,
    kDisbursed = 7,
    kSupervised = 8,
    kClosed = 9,
    kReturned = 10,  // To be corrected.
    kRejected = 11,
    kWithdrawn = 12,
    kCancelled = 13,
    kRefunded = 14
};
enum class RejectionReason {
    kNikMismatch = 1,
    kBankCredit = 2,
    kKur = 3,
    kNotMicro = 4,
    kDeceased = 5,
    kTwice = 6,
    kPaidByTheState = 7,
    kNotEligible = 8,
    kSurveyNegative = 9,
    kQuotaExhausted = 10,
    kNotCorrected = 11,
    kOther = 12
};
/// What applicants wait for.
enum class Step { kSubmitted = 1, kApproved = 2, kPaid = 3 };

/// What a programme of aid counts as.
struct Program {
    std::string region_code;  // Of an existing region, the country included.
    Instrument instrument = Instrument::kCashGrant;
    ProgramState state = ProgramState::kDraft;
    bool operator==(const Program&) const = default;
};

/// What a budget counts as.
struct Budget {
    std::string region_code;     // As above.
    std::int64_t allocated = 0;  // Rupiah, revisions included.
    bool operator==(const Budget&) const = default;
};

/// What an application counts as.
struct Application {
    std::string region_code;  // Of an existing region below the country.
    ApplicationState state = ApplicationState::kDraft;
    std::int64_t amount = 0;  // Rupiah.
    bool operator==(const Application&) const = default;
};

struct ProgramEvent {
    Program after;
    Month month;  // In which it happened.
};

struct BudgetEvent {
    Budget after;
    Month month;
};

/// What an application has just reached, and how many whole hours after its first submission.
struct ReachedStep {
    Step step = Step::kSubmitted;
    std::int64_t hours = 0;
    bool operator==(const ReachedStep&) const = default;
};

struct ApplicationEvent {
    Application after;
    Month month;
    std::optional<ReachedStep> reached = {};
    std::set<RejectionReason> reasons = {};  // Why it has just been rejected.
};

/// Where the money of an application is, by its state.
bool IsReserved(ApplicationState state);
bool IsDisbursed(ApplicationState state);
bool IsReturned(ApplicationState state);

}  // namespace bangkit::dashboard
