#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/registration/domain/business.h"

namespace bangkit::registration {

// What somebody needs (aspirasi), and what becomes of it. The numbers are those of
// bangkit.common.v1 and bangkit.registration.v1, stored and sent: never change one, only add.
enum class NeedSource { kOwner = 1, kGroup = 2, kConstituencyMeeting = 3 };
enum class NeedStatus { kReceived = 1, kVerified = 2, kAccommodated = 3, kDeclined = 4 };
enum class NeedLinkKind { kProgram = 1, kCourse = 2 };
enum class NeedTopic {
    kTrainingGroupManagement = 1,
    kTrainingFinance = 2,
    kTrainingProductQuality = 3,
    kTrainingDigitalMarketing = 4,
    kTrainingProduction = 5,
    kMentoring = 6,
    kCapital = 7,
    kEquipment = 8,
    kRawMaterial = 9,
    kMarket = 10,
    kLegality = 11,
    kConnectivity = 12,
    kOther = 13
};
enum class NeedDeclineReason {
    kOtherAuthority = 1,
    kNotInPlan = 2,
    kNoBudget = 3,
    kAlreadyServed = 4,
    kNotConfirmed = 5,
    kStatedTwice = 6,
    kWithdrawn = 7
};

/// Of a member of a council with their constituency (reses).
struct ConstituencyMeeting {
    std::string constituency;
    Date held_on;
    bool operator==(const ConstituencyMeeting&) const = default;
};

struct NeedLink {
    NeedLinkKind kind = NeedLinkKind::kProgram;
    std::string id;
    bool operator==(const NeedLink&) const = default;
};

/// What is counted of a need, and changes with no decision on it.
struct NeedSubject {
    NeedSource source = NeedSource::kOwner;
    std::string business_id;  // Empty: of a meeting.
    std::string owner_id;     // Of the business.
    std::optional<ConstituencyMeeting> meeting;
    NeedTopic topic = NeedTopic::kOther;
    std::string region_code;
    std::int32_t beneficiaries = 1;
    bool operator==(const NeedSubject&) const = default;
};

/// A need, now. Its text lies elsewhere: it may tell of persons.
struct Need {
    std::string id;
    std::int64_t version = 0;
    NeedSubject subject;
    NeedStatus status = NeedStatus::kReceived;
    std::optional<NeedDeclineReason> decline_reason;
    std::optional<NeedLink> link;
    Time stated_at;
    Time updated_at;

    bool Exists() const { return version > 0; }
};

// Commands.

struct StateNeed {
    std::string need_id;  // Made for this command.
    NeedSource source = NeedSource::kOwner;
    std::string business_id;  // Empty: of a meeting.
    std::optional<ConstituencyMeeting> meeting;
    NeedTopic topic = NeedTopic::kOther;
    std::string region_code;  // Of a meeting; of others, where the business is.
    std::int32_t beneficiaries = 1;
    std::string text;
};

struct VerifyNeed {
    std::string need_id;
    std::optional<std::int64_t> expected_version;  // From the etag.
};

struct AccommodateNeed {
    std::string need_id;
    NeedLink link;
    std::optional<std::int64_t> expected_version;
};

struct DeclineNeed {
    std::string need_id;
    NeedDeclineReason reason = NeedDeclineReason::kNotInPlan;
    std::optional<std::int64_t> expected_version;
};

using NeedCommand = std::variant<StateNeed, VerifyNeed, AccommodateNeed, DeclineNeed>;

// Events.

struct NeedStated {
    std::string need_id;
    NeedSubject subject;
    Time at;
    bool operator==(const NeedStated&) const = default;
};
struct NeedVerified {
    Time at;
    bool operator==(const NeedVerified&) const = default;
};
struct NeedAccommodated {
    NeedLink link;
    Time at;
    bool operator==(const NeedAccommodated&) const = default;
};
struct NeedDeclined {
    NeedDeclineReason reason;
    Time at;
    bool operator==(const NeedDeclined&) const = default;
};
/// By law: see ApplyRegionChange.
struct NeedMoved {
    std::string region_before;
    std::string region_code;
    Time at;
    bool operator==(const NeedMoved&) const = default;
};
using NeedEvent = std::variant<NeedStated, NeedVerified, NeedAccommodated, NeedDeclined, NeedMoved>;

/// `business`: whose need it is; nullptr: of a meeting.
Result<NeedEvent> Decide(const StateNeed& command, const Business* business, Time now);
Result<NeedEvent> Decide(const Need& need, const VerifyNeed& command, Time now);
Result<NeedEvent> Decide(const Need& need, const AccommodateNeed& command, Time now);
Result<NeedEvent> Decide(const Need& need, const DeclineNeed& command, Time now);
Need Apply(Need need, const NeedEvent& event);

}  // namespace bangkit::registration
