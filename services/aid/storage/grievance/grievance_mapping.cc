#include "services/aid/storage/grievance/grievance_mapping.h"

#include "bangkit/aid/v1/grievance_events.pb.h"
#include "bangkit/aid/v1/grievance_service.pb.h"
#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

void FillStatistics(v1::GrievanceStatistics& out, const Grievance& grievance) {
    const GrievanceSubject& subject = grievance.subject;
    out.set_region_code(subject.region_code);
    out.set_service(As<v1::ConcernedService>(subject.service));
    out.set_topic(As<v1::GrievanceTopic>(subject.topic));
    if (grievance.grievance_class) {
        out.set_class_(As<v1::GrievanceClass>(*grievance.grievance_class));
    }
    out.set_state(As<v1::GrievanceState>(grievance.state));
    out.set_level(As<v1::GrievanceLevel>(grievance.level));
    out.set_escalated(grievance.escalated_at.has_value());
    out.set_overdue(grievance.is_overdue);
    Fill(*out.mutable_filed_at(), grievance.filed_at);
    if (grievance.first_answered_at) {
        Fill(*out.mutable_first_answered_at(), *grievance.first_answered_at);
    }
    if (grievance.resolved_at) Fill(*out.mutable_resolved_at(), *grievance.resolved_at);
    if (grievance.due_at) Fill(*out.mutable_due_at(), *grievance.due_at);
}

template <typename Message>
PublicEvent Publish(Message out, const Grievance& grievance) {
    out.set_grievance_id(grievance.id);
    FillStatistics(*out.mutable_statistics(), grievance);
    Fill(*out.mutable_occurred_at(), grievance.updated_at);
    return {Message::descriptor()->full_name(), out.SerializeAsString()};
}

PublicEvent Publish(const Grievance& grievance, const GrievanceFiled&) {
    return Publish(v1::GrievanceFiled(), grievance);
}
PublicEvent Publish(const Grievance& grievance, const GrievanceAccepted&) {
    return Publish(v1::GrievanceAccepted(), grievance);
}
PublicEvent Publish(const Grievance& grievance, const GrievanceAnswered&) {
    return Publish(v1::GrievanceAnswered(), grievance);
}
PublicEvent Publish(const Grievance& grievance, const GrievanceClosed& event) {
    v1::GrievanceClosed out;
    out.set_reason(As<v1::ClosingReason>(event.reason));
    return Publish(std::move(out), grievance);
}
PublicEvent Publish(const Grievance& grievance, const GrievanceEscalated&) {
    return Publish(v1::GrievanceEscalated(), grievance);
}
PublicEvent Publish(const Grievance& grievance, const GrievanceOverdue&) {
    return Publish(v1::GrievanceOverdue(), grievance);
}
PublicEvent Publish(const Grievance& grievance, const GrievanceReopened&) {
    return Publish(v1::GrievanceReopened(), grievance);
}
PublicEvent Publish(const Grievance& grievance, const GrievanceResolved&) {
    return Publish(v1::GrievanceResolved(), grievance);
}
PublicEvent Publish(const Grievance& grievance, const GrievanceEvaluated&) {
    return Publish(v1::GrievanceEvaluated(), grievance);
}

template <typename Response>
Response Answer(const Grievance& grievance) {
    Response response;
    Fill(*response.mutable_grievance(), grievance);
    response.set_position(PositionOf(kGrievanceAggregate, grievance.id, grievance.version));
    return response;
}

}  // namespace

void FillSubject(v1::Grievance& out, const Grievance& grievance) {
    out.set_business_id(grievance.subject.business_id);
    out.set_subject_id(grievance.subject.subject_id);
}

void Fill(v1::Grievance& out, const Grievance& grievance) {
    const GrievanceSubject& subject = grievance.subject;
    out.set_grievance_id(grievance.id);
    out.set_version(grievance.version);
    out.set_etag(EtagOf(grievance.version));
    out.set_service(As<v1::ConcernedService>(subject.service));
    out.set_topic(As<v1::GrievanceTopic>(subject.topic));
    out.set_channel(As<v1::GrievanceChannel>(subject.channel));
    out.set_region_code(subject.region_code);
    if (!subject.is_hidden) FillSubject(out, grievance);
    out.set_is_hidden(subject.is_hidden);
    if (grievance.grievance_class) {
        out.set_class_(As<v1::GrievanceClass>(*grievance.grievance_class));
    }
    out.set_state(As<v1::GrievanceState>(grievance.state));
    out.set_level(As<v1::GrievanceLevel>(grievance.level));
    out.set_is_escalated(grievance.escalated_at.has_value());
    out.set_is_overdue(grievance.is_overdue);
    out.set_is_to_be_evaluated(grievance.is_to_be_evaluated);
    out.set_received_on(indonesia::FormatDate(grievance.received_on));
    Fill(*out.mutable_filed_at(), grievance.filed_at);
    if (grievance.first_answered_at) {
        Fill(*out.mutable_first_answered_at(), *grievance.first_answered_at);
    }
    if (grievance.due_at) Fill(*out.mutable_due_at(), *grievance.due_at);
    if (grievance.resolved_at) Fill(*out.mutable_resolved_at(), *grievance.resolved_at);
    if (grievance.closing_reason) {
        out.set_closing_reason(As<v1::ClosingReason>(*grievance.closing_reason));
    }
    if (grievance.evaluated_on) {
        out.set_evaluated_on(indonesia::FormatDate(*grievance.evaluated_on));
    }
    Fill(*out.mutable_updated_at(), grievance.updated_at);
}

void Fill(v1::Reporter& out, const Reporter& reporter) {
    out.set_name(reporter.name);
    out.set_phone(reporter.phone);
    out.set_email(reporter.email);
}

std::string AnswerTo(const FileGrievance&, const Grievance& grievance) {
    auto response = Answer<v1::FileGrievanceResponse>(grievance);
    response.set_ticket_number(grievance.ticket);
    return response.SerializeAsString();
}
std::string AnswerTo(const AcceptGrievance&, const Grievance& grievance) {
    return Answer<v1::AcceptGrievanceResponse>(grievance).SerializeAsString();
}
std::string AnswerTo(const AnswerGrievance&, const Grievance& grievance) {
    return Answer<v1::AnswerGrievanceResponse>(grievance).SerializeAsString();
}
std::string AnswerTo(const CloseGrievance&, const Grievance& grievance) {
    return Answer<v1::CloseGrievanceResponse>(grievance).SerializeAsString();
}
std::string AnswerTo(const EvaluateGrievance&, const Grievance& grievance) {
    return Answer<v1::EvaluateGrievanceResponse>(grievance).SerializeAsString();
}
std::string AnswerTo(const ReplyToAnswer&, const Grievance& grievance) {
    return Answer<v1::ReplyToAnswerResponse>(grievance).SerializeAsString();
}
std::string AnswerTo(const PassDeadline&, const Grievance&) { return {}; }

PublicEvent ToPublic(const Grievance& grievance, const GrievanceEvent& event) {
    return std::visit([&](const auto& happened) { return Publish(grievance, happened); }, event);
}

}  // namespace bangkit::aid
