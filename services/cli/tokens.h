#pragma once

#include <chrono>
#include <string>

#include "libs/identity/caller.h"

namespace bangkit::cli {

class Session;

inline constexpr std::chrono::hours kTokenLifetimeMax{12};

/// A token for `caller`, signed with the development key of the installation. Throws UsageError
/// outside development, and for a role or a region that does not exist. `age`: as if issued so long
/// ago.
std::string Mint(Session& session, const identity::Caller& caller, std::chrono::seconds lifetime,
                 std::chrono::seconds age = {});

/// For the commands themselves: every role that they need, in all provinces.
std::string MintAllowingAll(Session& session);

}  // namespace bangkit::cli
