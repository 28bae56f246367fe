#include "services/registration/domain/need.h"

#include <utility>

namespace bangkit::registration {
namespace {

/// That it is there, as it was when the caller read it, and in none of the states behind `last`.
Result<void> CheckIsOpen(const Need& need, std::optional<std::int64_t> expected_version,
                         NeedStatus first, NeedStatus last) {
    if (!need.Exists()) return Refused(ErrorCode::kNotFound, "NEED_NOT_FOUND", "no such need");
    if (expected_version && *expected_version != need.version) {
        return Refused(ErrorCode::kAborted, "ETAG_STALE", "the need has changed since it was read");
    }
    if (need.status < first || need.status > last) {
        return Refused(ErrorCode::kFailedPrecondition, "NEED_STATUS_WRONG",
                       "the status of the need does not allow it");
    }
    return {};
}

void Fold(Need& need, const NeedStated& event) {
    need.id = event.need_id;
    need.subject = event.subject;
    need.stated_at = event.at;
}

void Fold(Need& need, const NeedVerified&) { need.status = NeedStatus::kVerified; }

void Fold(Need& need, const NeedAccommodated& event) {
    need.status = NeedStatus::kAccommodated;
    need.link = event.link;
}

void Fold(Need& need, const NeedDeclined& event) {
    need.status = NeedStatus::kDeclined;
    need.decline_reason = event.reason;
}

void Fold(Need& need, const NeedMoved& event) { need.subject.region_code = event.region_code; }

}  // namespace

Result<NeedEvent> Decide(const StateNeed& command, const Business* business, Time now) {
    NeedSubject subject{.source = command.source,
                        .business_id = command.business_id,
                        .owner_id = {},
                        .meeting = command.meeting,
                        .topic = command.topic,
                        .region_code = command.region_code,
                        .beneficiaries = command.beneficiaries};
    if (command.source == NeedSource::kConstituencyMeeting) {
        return NeedStated{.need_id = command.need_id, .subject = std::move(subject), .at = now};
    }
    if (business == nullptr) {
        return Refused(ErrorCode::kNotFound, "BUSINESS_NOT_FOUND", "no such business");
    }
    const Result<void> lives = CheckLives(*business);
    if (!lives) return std::unexpected(lives.error());
    if (command.source == NeedSource::kGroup && business->profile.kind != Kind::kGroup) {
        return Refused(ErrorCode::kFailedPrecondition, "NOT_A_GROUP", "the business is no group");
    }
    if (business->owner_is_erased && !command.text.empty()) {
        return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                       "the data of this person has been erased; nothing is kept in their words");
    }
    subject.owner_id = business->owner_id;
    subject.region_code = business->profile.region_code;
    return NeedStated{.need_id = command.need_id, .subject = std::move(subject), .at = now};
}

Result<NeedEvent> Decide(const Need& need, const VerifyNeed& command, Time now) {
    const Result<void> open =
        CheckIsOpen(need, command.expected_version, NeedStatus::kReceived, NeedStatus::kReceived);
    if (!open) return std::unexpected(open.error());
    return NeedVerified{.at = now};
}

Result<NeedEvent> Decide(const Need& need, const AccommodateNeed& command, Time now) {
    const Result<void> open =
        CheckIsOpen(need, command.expected_version, NeedStatus::kVerified, NeedStatus::kVerified);
    if (!open) return std::unexpected(open.error());
    return NeedAccommodated{.link = command.link, .at = now};
}

Result<NeedEvent> Decide(const Need& need, const DeclineNeed& command, Time now) {
    const Result<void> open =
        CheckIsOpen(need, command.expected_version, NeedStatus::kReceived, NeedStatus::kVerified);
    if (!open) return std::unexpected(open.error());
    return NeedDeclined{.reason = command.reason, .at = now};
}

Need Apply(Need need, const NeedEvent& event) {
    std::visit(
        [&need](const auto& happened) {
            Fold(need, happened);
            need.updated_at = happened.at;
        },
        event);
    ++need.version;
    return need;
}

}  // namespace bangkit::registration
