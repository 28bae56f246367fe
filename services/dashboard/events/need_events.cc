#include "services/dashboard/events/need_events.h"

#include <chrono>
#include <string>

#include "bangkit/registration/v1/need_events.pb.h"
#include "libs/indonesia/region_history.h"

namespace bangkit::dashboard {
namespace {

using registration::v1::NeedAccommodated;
using registration::v1::NeedDeclined;
using registration::v1::NeedMoved;
using registration::v1::NeedStated;
using registration::v1::NeedStatistics;
using registration::v1::NeedVerified;

constexpr std::chrono::seconds kFirst = Date(std::chrono::year(2000) / 1 / 1).time_since_epoch();
constexpr std::chrono::seconds kEnd = Date(std::chrono::year(2200) / 1 / 1).time_since_epoch();

std::unexpected<Error> Invalid(const std::string& what) {
    return Refused(ErrorCode::kInvalidArgument, "EVENT_INVALID", what);
}

Result<NeedState> ToState(const NeedStatistics& statistics, const indonesia::RegionTree& regions) {
    // What was stated in a region that is no more was stated there.
    const std::string& region_code = statistics.region_code();
    if (!regions.history().Knows(region_code) || region_code == indonesia::kCountryCode) {
        return Invalid("the region does not exist");
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
    const std::chrono::seconds seconds(message.occurred_at().seconds());
    if (seconds < kFirst || seconds >= kEnd) {
        return Invalid("occurred_at is missing or out of range");
    }
    return NeedEvent{.after = *std::move(after), .month = MonthOf(Time(seconds))};
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
