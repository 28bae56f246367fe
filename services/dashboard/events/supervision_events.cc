#include "services/dashboard/events/supervision_events.h"

#include "bangkit/aid/v1/supervision_events.pb.h"

namespace bangkit::dashboard {
namespace {

using namespace aid::v1;

Result<Measures> CountVisit(const VisitStatistics& visit) {
    Counter counter;
    counter.Check(visit.state(), VisitState_IsValid, "the state");
    counter.Add(Measure::kVisits, 0, visit.state());
    counter.Add(Measure::kVisitsOverdue, 0, 0, visit.is_overdue());
    if (visit.state() == VISIT_STATE_VISITED) {
        counter.Check(visit.outcome(), VisitOutcome_IsValid, "the outcome");
        counter.Add(Measure::kFindings, 0, visit.outcome());
    }
    return counter.Done();
}

Result<Measures> CountRefund(const RefundStatistics& refund) {
    Counter counter;
    counter.Check(refund.state(), RefundState_IsValid, "the state");
    counter.Add(Measure::kRefunds, 0, refund.state());
    counter.Add(Measure::kRefundClaimed, 0, refund.state(), refund.claimed_rupiah());
    counter.Add(Measure::kRefundRepaid, 0, refund.state(), refund.repaid_rupiah());
    counter.Add(Measure::kRefundsOverdue, 0, 0, refund.is_overdue());
    return counter.Done();
}

}  // namespace

MeasuredParsers VisitParsers() {
    return ParsersOf<CountVisit, VisitPlanned, VisitRecorded, VisitCancelled, VisitOverdue>();
}

MeasuredParsers RefundParsers() {
    return ParsersOf<CountRefund, RefundCaseOpened, RepaymentRecorded, RefundCaseSettled,
                     RefundCaseDropped, RefundOverdue>();
}

}  // namespace bangkit::dashboard
