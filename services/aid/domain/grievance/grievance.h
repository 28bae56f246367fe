#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "libs/indonesia/working_days.h"

namespace bangkit::aid {

// What somebody complains of, asks or proposes, and until when whom it has to be answered. The
// numbers are stored and sent: never change one, only add.
enum class ConcernedService {
    kRegistration = 1,
    kAid = 2,
    kTraining = 3,
    kMarketplace = 4,
    kOther = 5
};
enum class GrievanceTopic {
    kSlow = 1,
    kDecision = 2,
    kAmount = 3,
    kData = 4,
    kConduct = 5,
    kExtortion = 6,
    kQuality = 7,
    kInformation = 8,
    kProposal = 9,
    kOther = 10
};
enum class GrievanceChannel {
    kWeb = 1,
    kCounter = 2,
    kLetter = 3,
    kPhone = 4,
    kMessenger = 5,
    kLapor = 6,
    kMeeting = 7
};
enum class GrievanceClass { kLight = 1, kDesk = 2, kInspection = 3 };
enum class GrievanceState {
    kFiled = 1,
    kAccepted = 2,
    kAnswered = 3,
    kResolved = 4,
    kArchived = 5,
    kForwarded = 6
};
enum class GrievanceLevel { kCity = 1, kProvince = 2 };
enum class ClosingReason {
    kUnclear = 1,
    kFiledTwice = 2,
    kOtherAuthority = 3,
    kWithdrawn = 4,
    kConfirmed = 5,
    kSilence = 6
};
/// What happened at a step of its history.
enum class GrievanceStepKind {
    kFiled = 1,
    kAccepted = 2,
    kAnswered = 3,
    kClosed = 4,
    kEscalated = 5,
    kOverdue = 6,
    kReopened = 7,
    kResolved = 8,
    kEvaluated = 9
};

/// What it is about; no decision changes it.
struct GrievanceSubject {
    ConcernedService service = ConcernedService::kOther;
    GrievanceTopic topic = GrievanceTopic::kOther;
    GrievanceChannel channel = GrievanceChannel::kWeb;
    std::string region_code;
    std::string business_id;  // The reporter's own; empty: none is known.
    std::string owner_id;     // Of the business.
    std::string subject_id;   // An application, a programme, a course; empty: nothing of the kind.
    bool is_hidden = false;   // Who filed it is shown to the province alone.
    bool operator==(const GrievanceSubject&) const = default;
};

/// A grievance, now. What was said in it lies elsewhere: it is somebody's.
struct Grievance {
    std::string id;
    std::int64_t version = 0;
    std::string ticket;  // With which it can be followed.
    GrievanceSubject subject;
    GrievanceState state = GrievanceState::kFiled;
    GrievanceLevel level = GrievanceLevel::kCity;
    std::optional<GrievanceClass> grievance_class;
    std::optional<Time> escalated_at;
    bool is_overdue = false;          // What was due has not come since.
    bool is_to_be_evaluated = false;  // It was late, and no meeting has spoken of it yet.
    Date received_on;
    Time filed_at;
    std::optional<Time> first_answered_at;
    std::optional<Time> due_at;  // Until when somebody has to say something.
    std::optional<Time> resolved_at;
    std::optional<ClosingReason> closing_reason;
    std::optional<Date> evaluated_on;
    Time updated_at;

    bool Exists() const { return version > 0; }
    /// Somebody owes an answer.
    bool IsOpen() const {
        return state == GrievanceState::kFiled || state == GrievanceState::kAccepted;
    }
};

// Commands.

struct FileGrievance {
    std::string grievance_id;  // Both made for this command.
    std::string ticket;
    GrievanceSubject subject;
    std::optional<Date> received_on;  // If it was not today.
};
struct AcceptGrievance {
    GrievanceClass grievance_class = GrievanceClass::kLight;
};
struct AnswerGrievance {};
/// For one of the first four reasons.
struct CloseGrievance {
    ClosingReason reason = ClosingReason::kUnclear;
};
struct EvaluateGrievance {
    Date held_on;
};
struct ReplyToAnswer {
    std::string ticket;
    bool is_settled = false;
};
/// Its time is over.
struct PassDeadline {
    Time now;  // By the clock of the database, which alone says so.
};

// Events.

struct GrievanceFiled {
    std::string grievance_id;
    std::string ticket;
    GrievanceSubject subject;
    GrievanceLevel level;
    Date received_on;
    Time filed_at;
    Time due_at;
    Time at;
};
struct GrievanceAccepted {
    GrievanceClass grievance_class;
    Time due_at;
    Time at;
};
struct GrievanceAnswered {
    Time due_at;
    Time at;
};
struct GrievanceClosed {
    ClosingReason reason;
    Time at;
};
struct GrievanceEscalated {
    Time due_at;
    Time at;
};
struct GrievanceOverdue {
    Time at;
};
struct GrievanceReopened {
    Time due_at;
    Time at;
};
struct GrievanceResolved {
    ClosingReason reason;
    Time at;
};
struct GrievanceEvaluated {
    Date held_on;
    Time at;
};
using GrievanceEvent = std::variant<GrievanceFiled, GrievanceAccepted, GrievanceAnswered,
                                    GrievanceClosed, GrievanceEscalated, GrievanceOverdue,
                                    GrievanceReopened, GrievanceResolved, GrievanceEvaluated>;
GrievanceStepKind KindOf(const GrievanceEvent& event);

/// What a grievance is decided by, besides itself.
struct GrievanceContext {
    const indonesia::WorkingDays& calendar;
    bool is_province = false;  // Who acts is of a province.
    Time now;
};

/// Working days until the first answer, and until the answer: SP4N-LAPOR!, 5, 14 or 60.
inline constexpr int kFirstAnswerDays = 3;
int AnswerDays(GrievanceClass grievance_class);
/// Working days after which a reporter who says nothing is taken to be content.
inline constexpr int kSilenceDays = 10;

// The refusals that all have in common: NOT_FOUND (GRIEVANCE_NOT_FOUND), FAILED_PRECONDITION
// (GRIEVANCE_STATE_WRONG). An answer that the province owes is not the city's to give:
// PERMISSION_DENIED, GRIEVANCE_ESCALATED.

Result<GrievanceEvent> Decide(const FileGrievance& command, const GrievanceContext& context);
Result<GrievanceEvent> Decide(const Grievance& grievance, const AcceptGrievance& command,
                              const GrievanceContext& context);
Result<GrievanceEvent> Decide(const Grievance& grievance, const AnswerGrievance& command,
                              const GrievanceContext& context);
Result<GrievanceEvent> Decide(const Grievance& grievance, const CloseGrievance& command,
                              const GrievanceContext& context);
/// FAILED_PRECONDITION: NOTHING_TO_EVALUATE.
Result<GrievanceEvent> Decide(const Grievance& grievance, const EvaluateGrievance& command,
                              const GrievanceContext& context);
/// NOT_FOUND (TICKET_NOT_FOUND): it has another ticket.
Result<GrievanceEvent> Decide(const Grievance& grievance, const ReplyToAnswer& command,
                              const GrievanceContext& context);
/// Escalated to the province, overdue there, or resolved because the reporter says nothing.
/// FAILED_PRECONDITION: DEADLINE_RUNS.
Result<GrievanceEvent> Decide(const Grievance& grievance, const PassDeadline& command,
                              const GrievanceContext& context);
Grievance Apply(Grievance grievance, const GrievanceEvent& event);

}  // namespace bangkit::aid
