#pragma once

#include <string>
#include <string_view>

#include "services/aid/domain/referral/referral.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid::v1 {
class Agreement;
class Referral;
}  // namespace bangkit::aid::v1

namespace bangkit::aid {

inline constexpr std::string_view kAgreementAggregate = "agreement";
inline constexpr std::string_view kReferralAggregate = "referral";

void Fill(v1::Agreement& out, const Agreement& agreement);
void Fill(v1::Referral& out, const Referral& referral);

/// The form under which a restructuring counts: the first one granted, until then the first one
/// asked for. 0: it is none.
int FormOf(const Referral& referral);

/// What has no column of its own, serialized; and back into a referral that has the rest.
std::string SerializedDetails(const Referral& referral);
void ReadDetails(std::string_view bytes, Referral& referral);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string AnswerTo(const MakeAgreement& command, const Agreement& agreement);
std::string AnswerTo(const EndAgreement& command, const Agreement& agreement);
std::string AnswerTo(const ReferApplication& command, const Referral& referral);
std::string AnswerTo(const AnswerReferral& command, const Referral& referral);
std::string AnswerTo(const EscalateReferral& command, const Referral& referral);
std::string AnswerTo(const EndReferral& command, const Referral& referral);
/// What came of a line of a file: not stored, for it has no request id.
std::string ToResult(const Referral& referral, bool is_changed);

/// `agreement`, `referral`: as the event left them.
PublicEvent ToPublic(const Agreement& agreement, const AgreementEvent& event);
PublicEvent ToPublic(const Referral& referral, const ReferralEvent& event);

}  // namespace bangkit::aid
