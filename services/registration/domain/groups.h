#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// What else is known when a change of a group's members is decided, about those that it names.
struct GroupFacts {
    /// Those that are members now, and the ids by which they joined: whoever has been merged since
    /// is a member as the business that it lives on in.
    std::map<std::string, std::set<std::string>> members;
    std::set<std::string> groups;   // Those that are groups.
    std::set<std::string> merged;   // Those that live on in another business.
    std::set<std::string> unknown;  // Those that the caller does not reach.
    std::int64_t size = 0;          // Of the group, now: those that are not named count too.
};

/// No events: all is as the command wants it already. Who may be added is decided here; whoever is
/// a member can be taken out, reached or not.
Result<Events> Decide(const Business& group, const ChangeGroupMembers& command,
                      const GroupFacts& facts, Time now);

}  // namespace bangkit::registration
