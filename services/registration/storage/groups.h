#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/registration/domain/groups.h"

namespace bangkit::registration {

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
    std::map<std::string, std::set<std::string>> members_;  // By group; of those that are named.
    std::map<std::string, std::int64_t> sizes_;             // By group.
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
