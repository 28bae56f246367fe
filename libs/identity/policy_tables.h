#pragma once

#include <vector>

#include "libs/identity/policy.h"

namespace bangkit::identity {

// The policy of bangkit, a table per service. Read them line by line: these roles may call this
// method, as far as the scope reaches.

std::vector<Grant> RegistrationGrants();
std::vector<Grant> AidGrants();
std::vector<Grant> DashboardGrants();

}  // namespace bangkit::identity
