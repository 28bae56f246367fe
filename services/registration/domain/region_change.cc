#include "services/registration/domain/region_change.h"

#include <utility>
#include <vector>

#include "services/registration/domain/duplicates.h"

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

std::optional<NeedEvent> Decide(const Need& need, const ApplyRegionChange& command, Time now) {
    const std::string& before = need.subject.region_code;
    const std::vector<indonesia::Successor> successors = command.history->SuccessorsOf(before);
    if (!need.Exists() || successors.empty()) return std::nullopt;
    std::string around = successors.front().code;
    for (const indonesia::Successor& each : successors) around = CommonRegion(around, each.code);
    if (around.empty()) return std::nullopt;
    return NeedMoved{.region_before = before, .region_code = std::move(around), .at = now};
}

bool IsUndecided(const Business& business, const ApplyRegionChange& command) {
    return command.history->SuccessorsOf(business.profile.region_code).size() > 1;
}

}  // namespace bangkit::registration
