#include "services/aid/storage/mapping.h"

#include <google/protobuf/timestamp.pb.h>

#include "libs/messaging/position.h"

namespace bangkit::aid {

void Fill(google::protobuf::Timestamp& out, Time time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    out.set_seconds(seconds.time_since_epoch().count());
    out.set_nanos(static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::microseconds>(time - seconds).count() * 1'000));
}

std::string EtagOf(std::int64_t version) { return std::to_string(version); }

std::string PositionOf(std::string_view aggregate, const std::string& id, std::int64_t version) {
    return messaging::ToToken({.topic = std::string(kTopic),
                               .aggregate_type = std::string(aggregate),
                               .aggregate_id = id,
                               .version = version});
}

}  // namespace bangkit::aid
