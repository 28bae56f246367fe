#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"
#include "services/registration/storage/list_filter.h"

namespace bangkit::registration {

/// The businesses of regions that are no more, so many for each command, and what else has to know
/// that they have moved.
class RegionMoves {
public:
    /// Before Load().
    void Want(const ApplyRegionChange& command);
    /// Finds their ids, and adds them to those that are to be locked.
    void Load(postgres::Transaction& transaction, postgres::UuidArray& to_lock);

    struct Next {
        std::vector<std::string> business_ids;
        std::optional<ListPosition> after;  // Behind which there may be more.
    };
    const Next& Find(const ApplyRegionChange& command) const;

    /// One that has moved.
    void Add(const Business& business);
    void Save(postgres::Transaction& transaction) const;

private:
    std::map<std::string, std::pair<ApplyRegionChange, Next>> wanted_;
    postgres::UuidArray moved_ids_, owner_ids_;
    postgres::TextArray regions_;
};

}  // namespace bangkit::registration
