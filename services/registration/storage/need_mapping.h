#pragma once

#include <string>

#include "services/registration/domain/need.h"
#include "services/registration/storage/mapping.h"

namespace bangkit::registration::v1 {
class Need;
}

namespace bangkit::registration {

inline constexpr std::string_view kNeedAggregate = "need";

/// Without the words: what answers to commands hold, which are stored.
void Fill(v1::Need& out, const Need& need);
/// Where the need stands in the stream of events.
std::string PositionOf(const Need& need);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string AnswerTo(const StateNeed& command, const Need& need);
std::string AnswerTo(const VerifyNeed& command, const Need& need);
std::string AnswerTo(const AccommodateNeed& command, const Need& need);
std::string AnswerTo(const DeclineNeed& command, const Need& need);

/// `need`: as the event left it.
PublicEvent ToPublic(const Need& need, const NeedEvent& event);

}  // namespace bangkit::registration
