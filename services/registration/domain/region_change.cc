#include "services/registration/domain/region_change.h"

#include <vector>

namespace bangkit::registration {

Result<void> CheckIsFormer(const ApplyRegionChange& command) {
    if (!command.history->SuccessorsOf(command.region_code).empty()) return {};
    return Refused(ErrorCode::kFailedPrecondition, "REGION_UNCHANGED",
                   "no change of this region is known");
}

Events Decide(const Business& business, const ApplyRegionChange& command, Time now) {
    const std::string& before = business.profile.region_code;
    const std::vector<indonesia::Successor> successors = command.history->SuccessorsOf(before);
    if (!business.Exists() || successors.size() != 1) return {};
    DetailsChanged event{.details = {Detail::kRegion},
                         .profile = business.profile,
                         .new_figures = {},
                         .region_before = before,
                         .at = now,
                         .region_since = successors.front().since};
    event.profile.region_code = successors.front().code;
    return {std::move(event)};
}

bool IsUndecided(const Business& business, const ApplyRegionChange& command) {
    return command.history->SuccessorsOf(business.profile.region_code).size() > 1;
}

}  // namespace bangkit::registration
