#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "bangkit/dashboard/v1/dashboard.pb.h"
#include "services/cli/demo/file.h"
#include "services/cli/progress.h"
#include "services/cli/session.h"

namespace bangkit::cli {

/// A figure that a scenario must show.
struct ExpectedFigure {
    std::string_view name;  // As people read it.
    std::int64_t (*shown)(const dashboard::v1::Dashboard& dashboard);
    std::int64_t expected;
};

/// A region whose figures are known: what is registered there, and what its dashboard must show
/// then.
struct Scenario {
    std::string_view name;
    DemoOptions file;
    std::span<const ExpectedFigure> figures;
    std::int64_t parts;  // Regions directly inside it, or districts if it is a city.
    /// What happens to those who are registered; nullptr: nothing.
    void (*then)(Session& session, ProgressLine& line) = nullptr;
};

std::span<const Scenario> Scenarios();
/// nullptr if there is none of this name.
const Scenario* FindScenario(std::string_view name);

}  // namespace bangkit::cli
