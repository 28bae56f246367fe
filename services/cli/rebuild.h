#pragma once

#include <chrono>

#include "services/cli/session.h"

namespace bangkit::cli {

struct RebuildOptions {
    std::chrono::seconds limit = std::chrono::minutes(10);
};

/// Runs `bangkit-dashboard rebuild`, which knows its own tables, and waits until the read model is
/// complete again. Returns an ExitCode.
int RebuildDashboard(Session& session, const RebuildOptions& options);

}  // namespace bangkit::cli
