#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/aid/domain/application/application.h"

namespace bangkit::aid {

// Visits to see what was made of aid. The numbers are stored and sent: never change one, only add.
enum class VisitState { kPlanned = 1, kVisited = 2, kCancelled = 3 };
enum class VisitOutcome {
    kAsIntended = 1,
    kPartly = 2,
    kNotUsed = 3,
    kMisused = 4,
    kNobodyMet = 5
};

struct Visit {
    std::string id;
    std::int64_t version = 0;
    std::string application_id;
    std::string program_id;
    std::string business_id;
    std::string owner_id;
    std::string region_code;  // Of the application.
    VisitState state = VisitState::kPlanned;
    Date planned_for;  // The last day for it, in Jakarta.
    std::string planned_by;
    Time planned_at;
    std::optional<VisitOutcome> outcome;  // Set once it was made, as all below.
    std::string visited_by;
    std::optional<Time> visited_at;
    bool is_overdue = false;  // Its last day has passed without it.
    Time updated_at;

    bool Exists() const { return version > 0; }
    bool operator==(const Visit&) const = default;
};

// Events.

struct VisitPlanned {
    std::string visit_id;
    std::string application_id;
    std::string program_id;
    Applicant applicant;
    Date planned_for;
    std::string by;
    Time at;
};
struct VisitRecorded {
    VisitOutcome outcome;
    std::string by;
    Time at;
};
struct VisitCancelled {
    Time at;
};
struct VisitOverdue {
    Time at;
};
using VisitEvent = std::variant<VisitPlanned, VisitRecorded, VisitCancelled, VisitOverdue>;

// The refusals that those of one visit have in common: NOT_FOUND (VISIT_NOT_FOUND),
// FAILED_PRECONDITION (VISIT_DECIDED).

struct PlanVisit {
    std::string visit_id;  // Made for this command.
    Date planned_for;
};
/// `has_planned`: another visit of the application. NOT_FOUND: APPLICATION_NOT_FOUND.
/// FAILED_PRECONDITION: APPLICATION_STATE_WRONG, VISIT_PLANNED, DATE_IN_PAST.
Result<VisitEvent> Decide(const Application& application, bool has_planned,
                          const PlanVisit& command, const std::string& actor, Time now);

struct RecordVisit {
    VisitOutcome outcome = VisitOutcome::kNobodyMet;
};
/// PERMISSION_DENIED: MAKER_IS_CHECKER (the actor has entered or approved the application).
Result<VisitEvent> Decide(const Visit& visit, const RecordVisit& command,
                          const Application& application, const std::string& actor, Time now);

struct CancelVisit {};
Result<VisitEvent> Decide(const Visit& visit, const CancelVisit& command, Time now);

/// Its last day is over.
struct ExpireVisit {
    Time now;  // By the clock of the database.
};
/// FAILED_PRECONDITION: VISIT_PERIOD_RUNS; VISIT_OVERDUE, it is known.
Result<VisitEvent> Decide(const Visit& visit, const ExpireVisit& command, Time now);

Visit Apply(Visit visit, const VisitEvent& event);

/// Whether the business was seen, so that its application was supervised.
bool IsSupervision(VisitOutcome outcome);

/// What speaks against closing an application that was supervised.
struct ClosingContext {
    bool has_planned_visit = false;
    std::optional<VisitOutcome> last_outcome;  // Of the last visit at which somebody was met.
    bool has_open_refund = false;
    std::int64_t proofs = 0;  // Documents that prove its use.
};
/// FAILED_PRECONDITION: VISIT_PLANNED, NOT_USED_AS_INTENDED, REFUND_OPEN, PROOF_MISSING.
Result<void> CheckMayClose(const ClosingContext& context);

}  // namespace bangkit::aid
