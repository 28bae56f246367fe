#include "libs/messaging/position.h"

#include <charconv>
#include <ranges>
#include <vector>

#include "libs/base/ids.h"
#include "libs/messaging/name.h"

namespace bangkit::messaging {

std::string ToToken(const Position& position) {
    return position.topic + "/" + position.aggregate_type + "/" + position.aggregate_id + "/" +
           std::to_string(position.version);
}

Result<Position> ParsePosition(std::string_view token) {
    std::vector<std::string_view> parts;
    for (const auto part : std::views::split(token, '/'))
        parts.emplace_back(part.begin(), part.end());
    const auto invalid = Refused(ErrorCode::kInvalidArgument, "POSITION_INVALID",
                                 "the position is not one that this system has given out");
    if (parts.size() != 4 || !IsName(parts[0]) || !IsName(parts[1])) return invalid;
    const std::optional<std::string> id = ParseUuid(parts[2]);
    std::int64_t version = 0;
    const char* end = parts[3].data() + parts[3].size();
    const auto [stopped, error] = std::from_chars(parts[3].data(), end, version);
    if (!id || error != std::errc{} || stopped != end || version < 1) return invalid;
    return Position{std::string(parts[0]), std::string(parts[1]), *id, version};
}

}  // namespace bangkit::messaging
