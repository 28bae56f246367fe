#include "services/aid/storage/supervision/supervision_mapping.h"

#include "bangkit/aid/v1/supervision_events.pb.h"
#include "bangkit/aid/v1/supervision_service.pb.h"
#include "libs/indonesia/format.h"
#include "services/aid/storage/application/application_mapping.h"

namespace bangkit::aid {
namespace {

template <typename Response>
std::string Answer(const Visit& visit) {
    Response response;
    Fill(*response.mutable_visit(), visit);
    response.set_position(PositionOf(kVisitAggregate, visit.id, visit.version));
    return response.SerializeAsString();
}

template <typename Response>
std::string Answer(const RefundCase& refund) {
    Response response;
    Fill(*response.mutable_refund(), refund);
    response.set_position(PositionOf(kRefundAggregate, refund.id, refund.version));
    return response.SerializeAsString();
}

void FillStatistics(v1::VisitStatistics& out, const Visit& visit) {
    out.set_application_id(visit.application_id);
    out.set_program_id(visit.program_id);
    out.set_business_id(visit.business_id);
    out.set_region_code(visit.region_code);
    out.set_state(As<v1::VisitState>(visit.state));
    if (visit.outcome) out.set_outcome(As<v1::VisitOutcome>(*visit.outcome));
    out.set_planned_for(indonesia::FormatDate(visit.planned_for));
    out.set_is_overdue(visit.is_overdue);
}

void FillStatistics(v1::RefundStatistics& out, const RefundCase& refund) {
    out.set_application_id(refund.application_id);
    out.set_program_id(refund.program_id);
    out.set_business_id(refund.business_id);
    out.set_region_code(refund.region_code);
    out.set_state(As<v1::RefundState>(refund.state));
    out.set_reason(As<v1::RefundReason>(refund.reason));
    out.set_claimed_rupiah(refund.claimed);
    out.set_repaid_rupiah(refund.repaid);
    Fill(*out.mutable_opened_at(), refund.opened_at);
    out.set_is_overdue(refund.is_overdue);
}

/// The public message of an event of the domain.
template <typename Event>
struct MessageOf;
// clang-format off
template <> struct MessageOf<VisitPlanned> { using Type = v1::VisitPlanned; };
template <> struct MessageOf<VisitRecorded> { using Type = v1::VisitRecorded; };
template <> struct MessageOf<VisitCancelled> { using Type = v1::VisitCancelled; };
template <> struct MessageOf<VisitOverdue> { using Type = v1::VisitOverdue; };
template <> struct MessageOf<RefundCaseOpened> { using Type = v1::RefundCaseOpened; };
template <> struct MessageOf<RepaymentRecorded> { using Type = v1::RepaymentRecorded; };
template <> struct MessageOf<RefundCaseSettled> { using Type = v1::RefundCaseSettled; };
template <> struct MessageOf<RefundCaseDropped> { using Type = v1::RefundCaseDropped; };
template <> struct MessageOf<RefundOverdue> { using Type = v1::RefundOverdue; };
// clang-format on

// What a message says besides the statistics.
void FillRest(v1::RepaymentRecorded& out, const RepaymentRecorded& event) {
    out.set_amount_rupiah(event.amount);
}
void FillRest(v1::RefundCaseSettled& out, const RefundCaseSettled& event) {
    out.set_amount_rupiah(event.amount);
}
void FillRest(auto&, const auto&) {}

}  // namespace

void Fill(v1::Visit& out, const Visit& visit) {
    out.set_visit_id(visit.id);
    out.set_version(visit.version);
    out.set_application_id(visit.application_id);
    out.set_program_id(visit.program_id);
    out.set_business_id(visit.business_id);
    out.set_region_code(visit.region_code);
    out.set_state(As<v1::VisitState>(visit.state));
    out.set_planned_for(indonesia::FormatDate(visit.planned_for));
    if (visit.outcome) out.set_outcome(As<v1::VisitOutcome>(*visit.outcome));
    out.set_planned_by(visit.planned_by);
    out.set_visited_by(visit.visited_by);
    Fill(*out.mutable_planned_at(), visit.planned_at);
    if (visit.visited_at) Fill(*out.mutable_visited_at(), *visit.visited_at);
    out.set_is_overdue(visit.is_overdue);
}

void Fill(v1::RefundCase& out, const RefundCase& refund) {
    out.set_refund_id(refund.id);
    out.set_version(refund.version);
    out.set_application_id(refund.application_id);
    out.set_program_id(refund.program_id);
    out.set_business_id(refund.business_id);
    out.set_region_code(refund.region_code);
    out.set_state(As<v1::RefundState>(refund.state));
    out.set_reason(As<v1::RefundReason>(refund.reason));
    out.set_claimed_rupiah(refund.claimed);
    out.set_repaid_rupiah(refund.repaid);
    out.set_due_on(indonesia::FormatDate(refund.due_on));
    out.set_opened_by(refund.opened_by);
    out.set_decided_by(refund.decided_by);
    Fill(*out.mutable_opened_at(), refund.opened_at);
    if (refund.decided_at) Fill(*out.mutable_decided_at(), *refund.decided_at);
    out.set_is_overdue(refund.is_overdue);
}

std::string AnswerTo(const PlanVisit&, const Visit& visit) {
    return Answer<v1::PlanVisitResponse>(visit);
}
std::string AnswerTo(const RecordVisit&, const Visit& visit) {
    return Answer<v1::RecordVisitResponse>(visit);
}
std::string AnswerTo(const CancelVisit&, const Visit& visit) {
    return Answer<v1::CancelVisitResponse>(visit);
}
std::string PlannedAnswer(std::int64_t planned) {
    v1::PlanVisitsResponse response;
    response.set_planned(planned);
    return response.SerializeAsString();
}
std::string ClosedAnswer(const Application& application) {
    v1::CloseApplicationResponse response;
    Fill(*response.mutable_application(), application);
    response.set_position(PositionOf(kApplicationAggregate, application.id, application.version));
    return response.SerializeAsString();
}
std::string AnswerTo(const OpenRefundCase&, const RefundCase& refund) {
    return Answer<v1::OpenRefundCaseResponse>(refund);
}
std::string AnswerTo(const RecordRepayment&, const RefundCase& refund) {
    return Answer<v1::RecordRepaymentResponse>(refund);
}
std::string AnswerTo(const TakeBackGoods&, const RefundCase& refund) {
    return Answer<v1::TakeBackGoodsResponse>(refund);
}
std::string AnswerTo(const DropRefundCase&, const RefundCase& refund) {
    return Answer<v1::DropRefundCaseResponse>(refund);
}

PublicEvent ToPublic(const Visit& after, const VisitEvent& event) {
    return std::visit(
        [&]<typename Event>(const Event& happened) {
            typename MessageOf<Event>::Type out;
            out.set_visit_id(after.id);
            FillStatistics(*out.mutable_statistics(), after);
            Fill(*out.mutable_occurred_at(), happened.at);
            return PublicEvent{out.GetDescriptor()->full_name(), out.SerializeAsString()};
        },
        event);
}

PublicEvent ToPublic(const RefundCase& after, const RefundEvent& event) {
    return std::visit(
        [&]<typename Event>(const Event& happened) {
            typename MessageOf<Event>::Type out;
            out.set_refund_id(after.id);
            FillStatistics(*out.mutable_statistics(), after);
            Fill(*out.mutable_occurred_at(), happened.at);
            FillRest(out, happened);
            return PublicEvent{out.GetDescriptor()->full_name(), out.SerializeAsString()};
        },
        event);
}

}  // namespace bangkit::aid
