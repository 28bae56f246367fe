#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "services/registration/domain/duplicate_review.h"

namespace bangkit::registration {

/// One business that lives on in another one.
struct Merge {
    std::string id;
    std::string surviving_id;
    std::string merged_id;
    std::string merged_by;
    Time merged_at;
    Time undo_until;
    std::string undone_by;  // Empty: it holds.
    std::optional<Time> undone_at;
};

// Commands. `expected` versions are from the etags of the businesses.

struct MergeBusinesses {
    std::string merge_id;  // Made for this command.
    std::string surviving_id;
    std::string merged_id;
    std::optional<std::int64_t> expected_surviving;
    std::optional<std::int64_t> expected_merged;
};

struct UndoMerge {
    std::string merged_id;
    std::optional<std::int64_t> expected_version;
};

using DuplicateCommand =
    std::variant<AssignDuplicate, ConfirmDuplicate, RejectDuplicate, MergeBusinesses, UndoMerge>;

/// What else is known when a merge is decided.
struct MergeFacts {
    const Duplicate* found = nullptr;  // The pair as it is under review; nullptr if it is not.
    bool merged_has_members = false;   // The one that is to go is a group with members.
};

/// What happens to both of them.
Result<BusinessesMerged> Decide(const Business& surviving, const Business& merged,
                                const MergeFacts& facts, const MergeBusinesses& command, Time now);

/// The same of an undo. `merge`: the one that is in force; nullptr if there is none.
Result<MergeUndone> Decide(const Business& surviving, const Business& merged, const Merge* merge,
                           const UndoMerge& command, Time now);

}  // namespace bangkit::registration
