#include "services/registration/domain/duplicate_review.h"

#include <utility>

namespace bangkit::registration {
namespace {

Duplicate Decided(Duplicate duplicate, DuplicateState state, const std::string& actor, Time now) {
    duplicate.state = state;
    duplicate.decided_by = actor;
    duplicate.decided_at = now;
    ++duplicate.version;
    return duplicate;
}

/// Whoever has seen it in another state, or found for other reasons, looks again.
Result<void> CheckIsAsSeen(const Duplicate& duplicate, std::optional<std::int64_t> expected) {
    if (expected && *expected != duplicate.version) {
        return Refused(ErrorCode::kAborted, "ETAG_STALE", "the pair has changed since it was read");
    }
    return {};
}

Result<Duplicate> DecideOn(const Duplicate& duplicate, std::optional<std::int64_t> expected,
                           DuplicateState state, const std::string& actor, Time now) {
    const Result<void> as_seen = CheckIsAsSeen(duplicate, expected);
    if (!as_seen) return std::unexpected(as_seen.error());
    if (duplicate.state == DuplicateState::kMerged) {
        return Refused(ErrorCode::kFailedPrecondition, "DUPLICATE_MERGED",
                       "the two businesses are merged; undo that first");
    }
    return Decided(duplicate, state, actor, now);
}

}  // namespace

Result<Duplicate> Decide(const Duplicate& duplicate, const AssignDuplicate& command) {
    const Result<void> as_seen = CheckIsAsSeen(duplicate, command.expected_version);
    if (!as_seen) return std::unexpected(as_seen.error());
    if (duplicate.state != DuplicateState::kOpen) {
        return Refused(ErrorCode::kFailedPrecondition, "DUPLICATE_DECIDED",
                       "the pair is decided already");
    }
    Duplicate assigned = duplicate;
    assigned.assignee = command.assignee;
    ++assigned.version;
    return assigned;
}

Result<Duplicate> Decide(const Duplicate& duplicate, const ConfirmDuplicate& command,
                         const std::string& actor, Time now) {
    return DecideOn(duplicate, command.expected_version, DuplicateState::kConfirmed, actor, now);
}

Result<Duplicate> Decide(const Duplicate& duplicate, const RejectDuplicate& command,
                         const std::string& actor, Time now) {
    return DecideOn(duplicate, command.expected_version, DuplicateState::kRejected, actor, now);
}

Duplicate Merged(Duplicate duplicate, const std::string& actor, Time now) {
    return Decided(std::move(duplicate), DuplicateState::kMerged, actor, now);
}

Duplicate Reopened(Duplicate duplicate, const std::string& actor, Time now) {
    return Decided(std::move(duplicate), DuplicateState::kOpen, actor, now);
}

}  // namespace bangkit::registration
