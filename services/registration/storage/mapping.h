#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/registration/domain/business.h"

namespace google::protobuf {
class Timestamp;
}
namespace bangkit::registration::v1 {
class Business;
}
namespace google::protobuf {
class Timestamp;
}

namespace bangkit::registration {

inline constexpr std::string_view kTopic = "bangkit.registration.v1";
inline constexpr std::string_view kBusinessAggregate = "business";

/// To the microsecond, as the database keeps it.
void Fill(google::protobuf::Timestamp& out, Time time);

/// The parts of a business that are not personal: what answers to commands hold, which are stored.
void FillWithoutPersonalData(v1::Business& out, const Business& business);
/// Where the business stands in the stream of events.
std::string PositionOf(const Business& business);
/// Changes with every version.
std::string EtagOf(std::int64_t version);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string RegisterBusinessAnswer(const Business& business,
                                   const std::vector<std::string>& warnings);
std::string ReportConditionAnswer(const Business& business, bool is_upgrade);
std::string UpdateBusinessAnswer(const Business& business, const std::set<Detail>& changed,
                                 bool is_upgrade, const std::vector<std::string>& warnings);
std::string VerifyBusinessAnswer(const Business& business);
std::string ChangeGroupMembersAnswer(const Business& business, std::int64_t members);
std::string ApplyRegionChangeAnswer(std::int32_t moved, std::int32_t moved_needs,
                                    const std::vector<std::string>& undecided,
                                    const std::string& next_page_token);

/// An event as others see it: its public name and its serialized message.
struct PublicEvent {
    std::string_view type;
    std::string payload;
};
/// `business`: as the event left it.
PublicEvent ToPublic(const Business& business, const Event& event);

}  // namespace bangkit::registration
