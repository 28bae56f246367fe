#pragma once

#include <string>

#include "services/cli/progress.h"
#include "services/cli/session.h"

namespace bangkit::cli {

/// Everything of the programme that is approved goes to the bank of the demonstration, in batches
/// that one person makes and another one releases, and the bank's answers come back. Batches that
/// an earlier run has left are finished first.
void PayAllApproved(Session& session, ProgressLine& line, const std::string& program_id);

}  // namespace bangkit::cli
