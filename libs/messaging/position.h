#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/base/result.h"

namespace bangkit::messaging {

/// A place in the stream of one aggregate's events. The answer to a command carries it as an opaque
/// token; a read that is given the token waits until it includes that event (read your own writes).
struct Position {
    std::string topic;
    std::string aggregate_type;
    std::string aggregate_id;
    std::int64_t version = 0;
};

/// "bangkit.registration.v1/business/<id>/3"
std::string ToToken(const Position& position);

/// INVALID_ARGUMENT with reason POSITION_INVALID if it is no such token.
Result<Position> ParsePosition(std::string_view token);

}  // namespace bangkit::messaging
