#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"
#include "services/registration/domain/need.h"
#include "services/registration/storage/needs.h"

namespace bangkit::registration {

/// The businesses and needs of regions that are no more, so many for each command, and what else
/// has to know that they have moved.
class RegionMoves {
public:
    /// Before Load().
    void Want(const ApplyRegionChange& command);
    /// Finds them, and adds the ids of the businesses to those that are to be locked.
    void Load(postgres::Transaction& transaction, postgres::UuidArray& to_lock);
    /// After all else is locked.
    void LockNeeds(postgres::Transaction& transaction);

    struct Next {
        std::vector<std::string> business_ids, need_ids;
        std::string page_token;  // Behind which there may be more; empty: there are none.
    };
    const Next& Find(const ApplyRegionChange& command) const;
    /// One of those that were found.
    Need& FindNeed(const std::string& id) { return needs_[id]; }

    /// One that has moved.
    void Add(const Business& business);
    void Add(const Need& need, const std::string& moved_by) { need_history_.Add(need, moved_by); }
    void Save(postgres::Transaction& transaction) const;

private:
    std::map<std::string, std::pair<ApplyRegionChange, Next>> wanted_;
    postgres::UuidArray moved_ids_, owner_ids_;
    postgres::TextArray regions_;
    Tracked<Need> needs_;
    NeedHistory need_history_;
};

}  // namespace bangkit::registration
