#include "services/registration/domain/merge.h"

namespace bangkit::registration {
namespace {

/// What must not be lost by it.
Result<void> CheckSurvivor(const Business& surviving, const Business& merged) {
    const Kind kind = surviving.profile.kind, other_kind = merged.profile.kind;
    const bool are_persons = IsOfOwnerAlone(kind) && IsOfOwnerAlone(other_kind);
    if (kind != other_kind && !are_persons) {
        return Refused(ErrorCode::kFailedPrecondition, "KINDS_DIFFER",
                       "a person's business, a cooperative and a group are different things");
    }
    if (!merged.profile.nib.empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "NIB_WOULD_BE_LOST",
                       "a business with a NIB survives; correct the NIB if it is wrong");
    }
    if (surviving.condition == Condition::kClosed && merged.condition != Condition::kClosed) {
        return Refused(ErrorCode::kFailedPrecondition, "BUSINESS_CLOSED",
                       "the business that is to survive is closed, and the other one is not");
    }
    return {};
}

}  // namespace

Result<BusinessesMerged> Decide(const Business& surviving, const Business& merged,
                                const MergeFacts& facts, const MergeBusinesses& command, Time now) {
    const Result<void> checks[] = {CheckIsCurrent(surviving, command.expected_surviving),
                                   CheckIsCurrent(merged, command.expected_merged),
                                   CheckLives(surviving), CheckLives(merged),
                                   CheckSurvivor(surviving, merged)};
    for (const Result<void>& check : checks) {
        if (!check) return std::unexpected(check.error());
    }
    if (facts.merged_has_members) {
        return Refused(ErrorCode::kFailedPrecondition, "GROUP_HAS_MEMBERS",
                       "the members of a group are moved before it is merged");
    }
    if (facts.found != nullptr && facts.found->state == DuplicateState::kRejected) {
        return Refused(ErrorCode::kFailedPrecondition, "DUPLICATE_REJECTED",
                       "somebody decided that these are two businesses; confirm the pair first");
    }
    return BusinessesMerged{.merge_id = command.merge_id,
                            .surviving_id = surviving.id,
                            .merged_id = merged.id,
                            .at = now};
}

Result<MergeUndone> Decide(const Business& surviving, const Business& merged, const Merge* merge,
                           const UndoMerge& command, Time now) {
    const Result<void> current = CheckIsCurrent(merged, command.expected_version);
    if (!current) return std::unexpected(current.error());
    if (merge == nullptr) {
        return Refused(ErrorCode::kFailedPrecondition, "BUSINESS_NOT_MERGED",
                       "the business is not merged into another one");
    }
    const Result<void> lives = CheckLives(surviving);
    if (!lives) return std::unexpected(lives.error());
    if (now > merge->undo_until) {
        return Refused(ErrorCode::kFailedPrecondition, "UNDO_PERIOD_OVER",
                       "the time in which a merge can be undone is over");
    }
    return MergeUndone{
        .merge_id = merge->id, .surviving_id = surviving.id, .merged_id = merged.id, .at = now};
}

}  // namespace bangkit::registration
