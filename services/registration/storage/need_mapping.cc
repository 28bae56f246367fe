#include "services/registration/storage/need_mapping.h"

#include "bangkit/registration/v1/need_events.pb.h"
#include "bangkit/registration/v1/need_service.pb.h"
#include "libs/indonesia/format.h"
#include "libs/messaging/position.h"

namespace bangkit::registration {
namespace {

// The domain's enums have the numbers of the public ones.
template <typename To, typename From>
To As(From value) {
    return static_cast<To>(static_cast<int>(value));
}

void FillLink(v1::NeedLink& out, const NeedLink& link) {
    out.set_kind(As<v1::NeedLinkKind>(link.kind));
    out.set_id(link.id);
}

void FillStatistics(v1::NeedStatistics& out, const Need& need) {
    const NeedSubject& subject = need.subject;
    out.set_source(As<v1::NeedSource>(subject.source));
    out.set_topic(As<common::v1::NeedTopic>(subject.topic));
    out.set_region_code(subject.region_code);
    out.set_status(As<common::v1::NeedStatus>(need.status));
    out.set_beneficiaries(subject.beneficiaries);
}

template <typename Message>
PublicEvent Publish(Message& out, const Need& need) {
    out.set_need_id(need.id);
    FillStatistics(*out.mutable_statistics(), need);
    Fill(*out.mutable_occurred_at(), need.updated_at);
    return {Message::descriptor()->full_name(), out.SerializeAsString()};
}

PublicEvent Publish(const Need& need, const NeedStated& event) {
    v1::NeedStated out;
    out.set_business_id(event.subject.business_id);
    return Publish(out, need);
}

PublicEvent Publish(const Need& need, const NeedVerified&) {
    v1::NeedVerified out;
    return Publish(out, need);
}

PublicEvent Publish(const Need& need, const NeedAccommodated& event) {
    v1::NeedAccommodated out;
    FillLink(*out.mutable_link(), event.link);
    return Publish(out, need);
}

PublicEvent Publish(const Need& need, const NeedDeclined& event) {
    v1::NeedDeclined out;
    out.set_reason(As<v1::NeedDeclineReason>(event.reason));
    return Publish(out, need);
}

PublicEvent Publish(const Need& need, const NeedMoved& event) {
    v1::NeedMoved out;
    out.set_region_code_before(event.region_before);
    return Publish(out, need);
}

template <typename Response>
std::string Answer(const Need& need) {
    Response response;
    Fill(*response.mutable_need(), need);
    response.set_position(PositionOf(need));
    return response.SerializeAsString();
}

}  // namespace

void Fill(v1::Need& out, const Need& need) {
    const NeedSubject& subject = need.subject;
    out.set_need_id(need.id);
    out.set_version(need.version);
    out.set_etag(EtagOf(need.version));
    out.set_source(As<v1::NeedSource>(subject.source));
    out.set_business_id(subject.business_id);
    if (subject.meeting) {
        out.mutable_meeting()->set_constituency(subject.meeting->constituency);
        out.mutable_meeting()->set_held_on(indonesia::FormatDate(subject.meeting->held_on));
    }
    out.set_topic(As<common::v1::NeedTopic>(subject.topic));
    out.set_region_code(subject.region_code);
    out.set_beneficiaries(subject.beneficiaries);
    out.set_status(As<common::v1::NeedStatus>(need.status));
    if (need.decline_reason) {
        out.set_decline_reason(As<v1::NeedDeclineReason>(*need.decline_reason));
    }
    if (need.link) FillLink(*out.mutable_link(), *need.link);
    Fill(*out.mutable_stated_at(), need.stated_at);
    Fill(*out.mutable_updated_at(), need.updated_at);
}

std::string PositionOf(const Need& need) {
    return messaging::ToToken({.topic = std::string(kTopic),
                               .aggregate_type = std::string(kNeedAggregate),
                               .aggregate_id = need.id,
                               .version = need.version});
}

std::string AnswerTo(const StateNeed&, const Need& need) {
    return Answer<v1::StateNeedResponse>(need);
}

std::string AnswerTo(const VerifyNeed&, const Need& need) {
    return Answer<v1::VerifyNeedResponse>(need);
}

std::string AnswerTo(const AccommodateNeed&, const Need& need) {
    return Answer<v1::AccommodateNeedResponse>(need);
}

std::string AnswerTo(const DeclineNeed&, const Need& need) {
    return Answer<v1::DeclineNeedResponse>(need);
}

PublicEvent ToPublic(const Need& need, const NeedEvent& event) {
    return std::visit([&](const auto& happened) { return Publish(need, happened); }, event);
}

}  // namespace bangkit::registration
