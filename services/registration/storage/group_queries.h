#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/registration/storage/queries.h"

namespace bangkit::registration {

class GroupQueries {
public:
    /// Both must outlive it.
    GroupQueries(postgres::Pool& pool, const Queries& queries) : pool_(pool), queries_(queries) {}

    /// Up to `limit` members behind `after`, by id, of those that the viewer sees; nullopt if the
    /// viewer sees no such group.
    std::optional<std::vector<StoredBusiness>> Members(const Viewer& viewer,
                                                       const std::string& group_id,
                                                       const std::string& after,
                                                       std::int64_t limit) const;

private:
    postgres::Pool& pool_;
    const Queries& queries_;
};

}  // namespace bangkit::registration
