#include "services/dashboard/events/grievance_events.h"

#include "bangkit/aid/v1/grievance_events.pb.h"

namespace bangkit::dashboard {
namespace {

using namespace aid::v1;

bool IsOpen(GrievanceState state) {
    return state == GRIEVANCE_STATE_FILED || state == GRIEVANCE_STATE_ACCEPTED;
}

// Until the first answer there is no class: 0.
Result<Measures> CountGrievance(const GrievanceStatistics& grievance) {
    const int of_class = grievance.class_();
    Counter counter;
    counter.Check(grievance.service(), ConcernedService_IsValid, "the service");
    counter.Check(grievance.state(), GrievanceState_IsValid, "the state");
    if (of_class != 0) counter.Check(of_class, GrievanceClass_IsValid, "the class");
    counter.Add(Measure::kGrievances, of_class, grievance.state());
    counter.Add(Measure::kGrievancesOpen, grievance.service(), 0, IsOpen(grievance.state()));
    counter.Add(Measure::kGrievancesOverdue, of_class, 0, grievance.overdue());
    counter.Add(Measure::kGrievancesEscalated, of_class, 0, grievance.escalated());
    if (grievance.has_first_answered_at()) {
        counter.AddHours(Measure::kHoursToFirstAnswer, of_class, grievance.filed_at(),
                         grievance.first_answered_at());
    }
    if (grievance.has_resolved_at()) {
        counter.AddHours(Measure::kHoursToResolution, of_class, grievance.filed_at(),
                         grievance.resolved_at());
    }
    return counter.Done();
}

}  // namespace

MeasuredParsers GrievanceParsers() {
    return ParsersOf<CountGrievance, GrievanceFiled, GrievanceAccepted, GrievanceAnswered,
                     GrievanceEscalated, GrievanceOverdue, GrievanceReopened, GrievanceResolved,
                     GrievanceClosed, GrievanceEvaluated>();
}

}  // namespace bangkit::dashboard
