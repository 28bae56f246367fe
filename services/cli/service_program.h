#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/cli/session.h"

namespace bangkit::cli {

/// Runs `bangkit-<service> ARGUMENTS`, which knows its own tables, on the service's database, with
/// all that it asks for; it serves nobody. Returns its exit code. Throws UsageError if it is not
/// installed beside this program.
int RunServiceProgram(Session& session, std::string_view service,
                      const std::vector<std::string>& arguments);

}  // namespace bangkit::cli
