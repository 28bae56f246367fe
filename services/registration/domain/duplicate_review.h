#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/registration/domain/duplicates.h"

namespace bangkit::registration {

// The numbers are those of bangkit.registration.v1, stored and sent: never change one, only add.
enum class DuplicateState { kOpen = 1, kConfirmed = 2, kRejected = 3, kMerged = 4 };

/// Two businesses that may be one, and what people decided on them.
struct Duplicate {
    std::string id;
    std::int64_t version = 0;
    std::string first_id;  // The smaller one of the two.
    std::string second_id;
    std::string region_code;  // In which both lie; empty: none below the country.
    int score = 0;
    std::set<DuplicateReason> reasons;
    DuplicateState state = DuplicateState::kOpen;
    std::string assignee;  // Empty: nobody in particular.
    Time found_at;
    std::string decided_by;  // Of the last decision; empty: there was none.
    std::optional<Time> decided_at;
};

// Commands. What they need is a Duplicate that the caller reaches; `expected_version` is from the
// etag.

struct AssignDuplicate {
    std::string duplicate_id;
    std::string assignee;
    std::optional<std::int64_t> expected_version;
};

struct ConfirmDuplicate {
    std::string duplicate_id;
    std::optional<std::int64_t> expected_version;
};

struct RejectDuplicate {
    std::string duplicate_id;
    std::optional<std::int64_t> expected_version;
};

/// The duplicate as the command leaves it, decided by `actor`.
Result<Duplicate> Decide(const Duplicate& duplicate, const AssignDuplicate& command);
Result<Duplicate> Decide(const Duplicate& duplicate, const ConfirmDuplicate& command,
                         const std::string& actor, Time now);
Result<Duplicate> Decide(const Duplicate& duplicate, const RejectDuplicate& command,
                         const std::string& actor, Time now);

/// What becomes of it when the two are merged, and when that is undone.
Duplicate Merged(Duplicate duplicate, const std::string& actor, Time now);
Duplicate Reopened(Duplicate duplicate, const std::string& actor, Time now);

}  // namespace bangkit::registration
