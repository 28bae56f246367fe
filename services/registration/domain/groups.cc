#include "services/registration/domain/groups.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bangkit::registration {
namespace {

using Ids = std::set<std::string>;

Ids Both(const Ids& some, const Ids& others) {
    Ids both;
    std::ranges::set_intersection(some, others, std::inserter(both, both.end()));
    return both;
}

/// Whoever is no member yet.
Ids WithoutMembers(Ids ids, const GroupFacts& facts) {
    std::erase_if(ids, [&facts](const std::string& id) { return facts.members.contains(id); });
    return ids;
}

}  // namespace

Result<Events> Decide(const Business& group, const ChangeGroupMembers& command,
                      const GroupFacts& facts, Time now) {
    const Result<void> current = CheckIsCurrent(group, command.expected_version);
    if (!current) return std::unexpected(current.error());
    const Result<void> lives = CheckLives(group);
    if (!lives) return std::unexpected(lives.error());
    if (group.profile.kind != Kind::kGroup) {
        return Refused(ErrorCode::kFailedPrecondition, "NOT_A_GROUP", "this business is no group");
    }
    if (!Both(command.added, facts.unknown).empty()) {
        return Refused(ErrorCode::kNotFound, "MEMBER_NOT_FOUND",
                       "no such business can be added to the group");
    }
    if (!Both(command.added, facts.groups).empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "MEMBER_IS_GROUP",
                       "a member of a group cannot be a group itself");
    }
    if (!Both(command.added, facts.merged).empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "BUSINESS_MERGED",
                       "a business that lives on in another one joins as that one");
    }
    Ids added = WithoutMembers(command.added, facts);
    Ids removed;
    std::int64_t members = facts.size + std::ssize(added);
    for (const std::string& id : command.removed) {
        const auto member = facts.members.find(id);
        if (member == facts.members.end()) continue;
        removed.insert(member->second.begin(), member->second.end());
        --members;
    }
    if (added.empty() && removed.empty()) return Events{};
    return Events{MembersChanged{
        .added = std::move(added), .removed = std::move(removed), .members = members, .at = now}};
}

}  // namespace bangkit::registration
