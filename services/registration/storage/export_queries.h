#pragma once

#include <set>
#include <string>

#include "services/registration/storage/viewer.h"

namespace bangkit::registration {

class ExportQueries {
public:
    /// `pool` must outlive it.
    explicit ExportQueries(postgres::Pool& pool) : pool_(pool) {}

    /// Those of the owners who have more than one business that the viewer sees.
    std::set<std::string> OwnersOfSeveral(const Viewer& viewer,
                                          const std::set<std::string>& owner_ids) const;

private:
    postgres::Pool& pool_;
};

}  // namespace bangkit::registration
