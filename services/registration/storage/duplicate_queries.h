#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/postgres/pool.h"
#include "services/registration/storage/duplicates.h"
#include "services/registration/storage/viewer.h"

namespace bangkit::registration {

struct DuplicateFilter {
    std::vector<std::string> regions;  // None inside another.
    DuplicateState state = DuplicateState::kOpen;
    std::string assignee;  // Empty: whoever.
};

/// A place in the list, which is ordered by both, downwards.
struct DuplicatePosition {
    int score = 101;
    std::string id = "ffffffff-ffff-ffff-ffff-ffffffffffff";
};

/// Reads of pairs under review, of which the viewer sees both businesses.
class DuplicateQueries {
public:
    /// `pool` must outlive it.
    explicit DuplicateQueries(postgres::Pool& pool) : pool_(pool) {}

    std::optional<Duplicate> Find(const Viewer& viewer, const std::string& duplicate_id) const;
    /// Up to `limit` pairs behind `after`.
    std::vector<Duplicate> List(const Viewer& viewer, const DuplicateFilter& filter,
                                const DuplicatePosition& after, std::int64_t limit) const;

private:
    postgres::Pool& pool_;
};

}  // namespace bangkit::registration
