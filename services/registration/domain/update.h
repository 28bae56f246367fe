#pragma once

#include "services/registration/domain/business.h"

namespace bangkit::registration {

/// What else is known when a change of details is decided. The business's tax number must be known
/// if it is to be changed.
struct UpdateFacts {
    // As it is now; none: erased. Only if NeedsOwner() of a detail.
    std::optional<Owner> owner = {};
    bool nik_is_taken = false;  // By another owner.
    bool nib_is_taken = false;  // By another business.
    bool is_in_groups = false;  // A member, or a group that has members. Only if the kind changes.
};

/// No events: all is as the command wants it already.
Result<Events> Decide(const Business& business, const UpdateBusiness& command,
                      const UpdateFacts& facts, Time now);

/// The owner as the command leaves it.
Owner Updated(Owner owner, const UpdateBusiness& command);

}  // namespace bangkit::registration
