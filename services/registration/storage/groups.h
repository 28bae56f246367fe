#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/registration/domain/groups.h"

namespace bangkit::registration {

// A merge changes no group: a member stays one by the id by which it joined, and lives on in the
// group as the business that it lives on in, for as long as the merge holds.

/// `WITH RECURSIVE members (group_id, joined_as, id)`: of the groups $1, who is a member, under the
/// id by which it joined and those that it has come to live on in; also those that do not live.
inline constexpr std::string_view kMembersSql =
    "WITH RECURSIVE members (group_id, joined_as, id) AS ("
    "  SELECT group_id, business_id, business_id FROM group_members"
    "   WHERE group_id = ANY($1::uuid[])"
    "  UNION ALL"
    "  SELECT m.group_id, m.joined_as, x.surviving_id FROM members m"
    "    JOIN merges x ON x.merged_id = m.id AND x.undone_at IS NULL)";
/// Of `members`: as what it lives now.
inline constexpr std::string_view kLivesSql =
    " NOT EXISTS (SELECT FROM merges x WHERE x.merged_id = m.id AND x.undone_at IS NULL)";
/// `WITH RECURSIVE standing (id, business_id)`: the businesses $1, each with all that live on in
/// it.
inline constexpr std::string_view kStandingSql =
    "WITH RECURSIVE standing (id, business_id) AS ("
    "  SELECT id, id FROM unnest($1::uuid[]) AS u (id)"
    "  UNION ALL"
    "  SELECT x.merged_id, s.business_id FROM standing s"
    "    JOIN merges x ON x.surviving_id = s.id AND x.undone_at IS NULL)";

/// Who belongs to which group, as far as one transaction looks at it. The groups and all whom
/// changes name are locked as businesses, so nothing of it changes meanwhile.
class GroupMembers {
public:
    /// Before Load().
    void Want(const ChangeGroupMembers& command);
    /// Whether the business is a member of a group, or a group with members.
    void WantStandingOf(const std::string& business_id) { asked_.Add(business_id); }
    /// After the businesses have been locked.
    void Load(postgres::Transaction& transaction);

    /// `members` and `size`; the rest is known from the businesses.
    GroupFacts FactsFor(const ChangeGroupMembers& command) const;
    bool IsInGroups(const std::string& business_id) const {
        return in_groups_.contains(business_id);
    }

    /// The event that made `group` what it is now.
    void Add(const Business& group, const MembersChanged& event, const std::string& changed_by);
    void Save(postgres::Transaction& transaction) const;

private:
    void LoadMembers(postgres::Transaction& transaction);
    void LoadStandings(postgres::Transaction& transaction);

    postgres::UuidArray groups_, named_, asked_;
    // By group; of those that are named, the ids by which they joined.
    std::map<std::string, std::map<std::string, std::set<std::string>>> members_;
    std::map<std::string, std::int64_t> sizes_;  // By group.
    std::set<std::string> in_groups_;

    /// Who is to be added or removed; in this order, for one may come and go in one transaction.
    struct Change {
        std::string group_id, business_id;
        bool is_added;
        Time at;
    };
    std::vector<Change> changes_;
    struct Statements {
        postgres::UuidArray ids;
        postgres::Int64Array versions;
        postgres::TimeArray recorded_at;
        postgres::TextArray added, removed, changed_by;
    } statements_;
};

}  // namespace bangkit::registration
