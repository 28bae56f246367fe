#include "services/dashboard/events/need_events.h"

#include <string>

#include "bangkit/registration/v1/need_events.pb.h"
#include "services/dashboard/events/fields.h"

namespace bangkit::dashboard {
namespace {

using registration::v1::NeedAccommodated;
using registration::v1::NeedDeclined;
using registration::v1::NeedMoved;
using registration::v1::NeedStated;
using registration::v1::NeedStatistics;
using registration::v1::NeedVerified;

Result<NeedState> ToState(const NeedStatistics& statistics, const indonesia::RegionTree& regions) {
    if (const auto region = CheckRegionBelowCountry(statistics.region_code(), regions); !region) {
        return std::unexpected(region.error());
    }
    if (!common::v1::NeedTopic_IsValid(statistics.topic()) ||
        statistics.topic() == common::v1::NEED_TOPIC_UNSPECIFIED) {
        return Invalid("the topic does not exist");
    }
    if (!common::v1::NeedStatus_IsValid(statistics.status()) ||
        statistics.status() == common::v1::NEED_STATUS_UNSPECIFIED) {
        return Invalid("the status does not exist");
    }
    return NeedState{.region_code = statistics.region_code(),
                     .topic = static_cast<NeedTopic>(statistics.topic()),
                     .status = static_cast<NeedStatus>(statistics.status())};
}

template <typename Message>
Result<NeedEvent> Parse(const std::string& payload, const indonesia::RegionTree& regions) {
    Message message;
    if (!message.ParseFromString(payload)) return Invalid("the payload cannot be read");
    Result<NeedState> after = ToState(message.statistics(), regions);
    if (!after) return std::unexpected(after.error());
    const Result<Month> month = ToMonth(message.occurred_at());
    if (!month) return std::unexpected(month.error());
    return NeedEvent{.after = *std::move(after), .month = *month};
}

}  // namespace

Result<NeedEvent> ParseNeedEvent(const messaging::ReceivedEvent& event,
                                 const indonesia::RegionTree& regions) {
    const std::string& type = event.envelope.type;
    const std::string& payload = event.record->payload;
    if (type == "bangkit.registration.v1.NeedStated") return Parse<NeedStated>(payload, regions);
    if (type == "bangkit.registration.v1.NeedVerified") {
        return Parse<NeedVerified>(payload, regions);
    }
    if (type == "bangkit.registration.v1.NeedAccommodated") {
        return Parse<NeedAccommodated>(payload, regions);
    }
    if (type == "bangkit.registration.v1.NeedDeclined") {
        return Parse<NeedDeclined>(payload, regions);
    }
    if (type == "bangkit.registration.v1.NeedMoved") return Parse<NeedMoved>(payload, regions);
    return Invalid("this type of event is not known");
}

}  // namespace bangkit::dashboard
