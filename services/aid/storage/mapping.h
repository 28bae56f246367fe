#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/base/clock.h"

namespace google::protobuf {
class Timestamp;
}

namespace bangkit::aid {

inline constexpr std::string_view kTopic = "bangkit.aid.v1";
inline constexpr std::string_view kProgramAggregate = "program";
inline constexpr std::string_view kBudgetAggregate = "budget";

/// An event as others see it: its public name and its serialized message.
struct PublicEvent {
    std::string_view type;
    std::string payload;
};

/// To the microsecond, as the database keeps it.
void Fill(google::protobuf::Timestamp& out, Time time);

/// Changes with every version.
std::string EtagOf(std::int64_t version);

/// Where an aggregate stands in the stream of events.
std::string PositionOf(std::string_view aggregate, const std::string& id, std::int64_t version);

/// The domain's enums have the numbers of the public ones, in both directions.
template <typename To, typename From>
To As(From value) {
    return static_cast<To>(static_cast<int>(value));
}

}  // namespace bangkit::aid
