#include "services/registration/storage/groups.h"

#include <utility>

namespace bangkit::registration {
namespace {

using postgres::Rows;

/// As PostgreSQL reads an array of UUIDs.
std::string ArrayText(const std::set<std::string>& ids) {
    std::string text = "{";
    for (const std::string& id : ids) text += (text.size() > 1 ? "," : "") + id;
    return text + "}";
}

}  // namespace

void GroupMembers::Want(const ChangeGroupMembers& command) {
    groups_.Add(command.business_id);
    for (const std::string& id : command.added) named_.Add(id);
    for (const std::string& id : command.removed) named_.Add(id);
}

void GroupMembers::Load(postgres::Transaction& transaction) {
    if (groups_.size() > 0) LoadMembers(transaction);
    if (asked_.size() > 0) LoadStandings(transaction);
}

void GroupMembers::LoadMembers(postgres::Transaction& transaction) {
    const std::string lives = std::string(kLivesSql);
    const Rows sizes = transaction.Run(std::string(kMembersSql) +
                                           " SELECT group_id, count(DISTINCT id) FROM members m"
                                           "  WHERE" +
                                           lives + " GROUP BY group_id",
                                       {groups_});
    for (int i = 0; i < sizes.size(); ++i) sizes_[sizes.Uuid(i, 0)] = sizes.Int64(i, 1);
    const Rows members = transaction.Run(std::string(kMembersSql) +
                                             " SELECT group_id, id, joined_as FROM members m"
                                             "  WHERE id = ANY($2::uuid[]) AND" +
                                             lives,
                                         {groups_, named_});
    for (int i = 0; i < members.size(); ++i) {
        members_[members.Uuid(i, 0)][members.Uuid(i, 1)].insert(members.Uuid(i, 2));
    }
}

void GroupMembers::LoadStandings(postgres::Transaction& transaction) {
    const Rows rows = transaction.Run(
        std::string(kStandingSql) +
            " SELECT DISTINCT business_id FROM standing s"
            "  WHERE EXISTS (SELECT FROM group_members g WHERE g.group_id = s.id)"
            "     OR EXISTS (SELECT FROM group_members g WHERE g.business_id = s.id)",
        {asked_});
    for (int i = 0; i < rows.size(); ++i) in_groups_.insert(rows.Uuid(i, 0));
}

GroupFacts GroupMembers::FactsFor(const ChangeGroupMembers& command) const {
    GroupFacts facts;
    const auto members = members_.find(command.business_id);
    if (members != members_.end()) facts.members = members->second;
    const auto size = sizes_.find(command.business_id);
    if (size != sizes_.end()) facts.size = size->second;
    return facts;
}

void GroupMembers::Add(const Business& group, const MembersChanged& event,
                       const std::string& changed_by) {
    auto& members = members_[group.id];
    for (const std::string& id : event.removed) {
        std::erase_if(members, [&id](const auto& member) { return member.second.contains(id); });
        changes_.push_back({group.id, id, false, event.at});
    }
    for (const std::string& id : event.added) {
        members[id] = {id};
        in_groups_.insert(id);
        changes_.push_back({group.id, id, true, event.at});
    }
    in_groups_.insert(group.id);
    sizes_[group.id] = event.members;
    statements_.ids.Add(group.id);
    statements_.versions.Add(group.version);
    statements_.recorded_at.Add(event.at);
    statements_.added.Add(ArrayText(event.added));
    statements_.removed.Add(ArrayText(event.removed));
    statements_.changed_by.Add(changed_by);
}

void GroupMembers::Save(postgres::Transaction& transaction) const {
    if (statements_.ids.size() == 0) return;
    std::map<std::pair<std::string, std::string>, const Change*> last;
    for (const Change& change : changes_) last[{change.group_id, change.business_id}] = &change;
    postgres::UuidArray groups, members, left_groups, left_members;
    postgres::TimeArray since;
    for (const auto& [key, change] : last) {
        (change->is_added ? groups : left_groups).Add(change->group_id);
        (change->is_added ? members : left_members).Add(change->business_id);
        if (change->is_added) since.Add(change->at);
    }
    transaction.Queue(
        "DELETE FROM group_members m USING unnest($1::uuid[], $2::uuid[]) AS u (group_id, id)"
        " WHERE m.group_id = u.group_id AND m.business_id = u.id",
        {left_groups, left_members});
    transaction.Queue(
        "INSERT INTO group_members (group_id, business_id, since)"
        " SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[])"
        " ON CONFLICT DO NOTHING",  // Left and came back in one transaction.
        {groups, members, since});
    const Statements& s = statements_;
    transaction.Queue(
        "INSERT INTO group_changes (business_id, version, recorded_at, added, removed, changed_by)"
        " SELECT id, version, recorded_at, added::uuid[], removed::uuid[], changed_by"
        "   FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::text[], $5::text[],"
        "               $6::text[]) AS u (id, version, recorded_at, added, removed, changed_by)",
        {s.ids, s.versions, s.recorded_at, s.added, s.removed, s.changed_by});
}

}  // namespace bangkit::registration
