#include "services/aid/events/training/course_completions.h"

#include <optional>
#include <utility>

#include "bangkit/training/v1/course_events.pb.h"
#include "libs/base/ids.h"
#include "libs/indonesia/region_history.h"

namespace bangkit::aid {
namespace {

std::unexpected<Error> Invalid(const std::string& what) {
    return Refused(ErrorCode::kInvalidArgument, "EVENT_INVALID", what);
}

/// nullopt: that is no time at which somebody learned something.
std::optional<Time> CompletedAt(const google::protobuf::Timestamp& at) {
    constexpr auto kFirst = std::chrono::sys_days(std::chrono::year(2000) / 1 / 1);
    constexpr auto kEnd = std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);
    const std::chrono::sys_seconds second{std::chrono::seconds(at.seconds())};
    if (second < kFirst || second >= kEnd) return std::nullopt;
    return Time(second) + std::chrono::microseconds(at.nanos() / 1'000);
}

}  // namespace

Result<void> CourseCompletions::Fold(const messaging::ReceivedEvent& event) {
    if (event.envelope.type != training::v1::CourseCompleted::descriptor()->full_name()) return {};
    training::v1::CourseCompleted message;
    if (!message.ParseFromString(event.record->payload)) {
        return Invalid("the payload cannot be read");
    }
    const training::v1::EnrolmentStatistics& statistics = message.statistics();
    const std::optional<std::string> enrolment_id = ParseUuid(message.enrolment_id()),
                                     course_id = ParseUuid(statistics.course_id()),
                                     business_id = ParseUuid(statistics.business_id()),
                                     owner_id = ParseUuid(statistics.owner_id());
    if (!enrolment_id || !course_id || !business_id || !owner_id) {
        return Invalid("an id is missing");
    }
    if (*enrolment_id != event.envelope.aggregate_id) return Invalid("it is of another enrolment");
    if (!common::v1::NeedTopic_IsValid(statistics.topic()) || statistics.topic() == 0) {
        return Invalid("the topic does not exist");
    }
    if (!regions_.history().Knows(statistics.region_code())) {
        return Invalid("the region does not exist");
    }
    const std::optional<Time> completed_at = CompletedAt(message.occurred_at());
    if (!completed_at) return Invalid("it has no time");
    if (!known_.insert(*enrolment_id).second) return {};
    entitlements_.Add({.enrolment_id = *enrolment_id,
                       .business_id = *business_id,
                       .owner_id = *owner_id,
                       .course_id = *course_id,
                       .topic = statistics.topic(),
                       .completed_at = *completed_at,
                       .taken_by = {}},
                      statistics.region_code(), clock_.Now());
    return {};
}

}  // namespace bangkit::aid
