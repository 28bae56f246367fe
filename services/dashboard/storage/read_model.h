#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/clock.h"
#include "libs/messaging/position.h"
#include "libs/postgres/connection.h"
#include "services/dashboard/domain/figures.h"

namespace bangkit::dashboard {

/// What the figures are made of.
inline constexpr std::string_view kRegistrationTopic = "bangkit.registration.v1";
inline constexpr std::string_view kAidTopic = "bangkit.aid.v1";
inline constexpr std::string_view kTopics[] = {kRegistrationTopic, kAidTopic};

/// How far the figures follow the services.
struct Progress {
    std::optional<Time> as_of;  // All that was published by then is included; unset: not known yet.
    std::int64_t lag_events = 0;
};

/// Which building of the read model this is.
struct ModelState {
    std::int64_t generation = 0;
    bool is_complete = false;  // False while it is being built: its figures are not to be shown.
    Progress progress;
};

ModelState ReadModelState(postgres::Connection& connection);

/// Declares the read model complete if every event of these topics that was there when its building
/// began is included, by what the consumers noted of the ends of the logs. True if it is.
bool TryComplete(postgres::Connection& connection,
                 std::span<const std::string_view> topics = kTopics);

/// Everything as of one moment.
struct Snapshot {
    ModelState state;
    std::vector<RegionFigures> regions;  // As many, and in the same order, as were asked for.
};
Snapshot ReadFigures(postgres::Connection& connection, std::span<const std::string> region_codes);

struct BusinessNumbers {
    ModelState state;
    std::map<std::string, std::int64_t, std::less<>> by_region;  // Without those that have none.
};
BusinessNumbers ReadBusinessNumbers(postgres::Connection& connection,
                                    const postgres::TextArray& region_codes);

/// Which of `positions` are included by now; by index.
std::vector<std::size_t> FindReached(postgres::Connection& connection,
                                     std::span<const messaging::Position> positions);

}  // namespace bangkit::dashboard
