#pragma once

#include <string>
#include <string_view>

#include "services/aid/domain/supervision/refund.h"
#include "services/aid/domain/supervision/visit.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid::v1 {
class RefundCase;
class Visit;
}  // namespace bangkit::aid::v1

namespace bangkit::aid {

inline constexpr std::string_view kVisitAggregate = "visit";
inline constexpr std::string_view kRefundAggregate = "refund";

/// Without its findings.
void Fill(v1::Visit& out, const Visit& visit);
void Fill(v1::RefundCase& out, const RefundCase& refund);

// Answers: serialized response messages, stored with the request and sent as they are.
std::string AnswerTo(const PlanVisit& command, const Visit& visit);
std::string AnswerTo(const RecordVisit& command, const Visit& visit);
std::string AnswerTo(const CancelVisit& command, const Visit& visit);
std::string PlannedAnswer(std::int64_t planned);
std::string ClosedAnswer(const Application& application);
std::string AnswerTo(const OpenRefundCase& command, const RefundCase& refund);
std::string AnswerTo(const RecordRepayment& command, const RefundCase& refund);
std::string AnswerTo(const TakeBackGoods& command, const RefundCase& refund);
std::string AnswerTo(const DropRefundCase& command, const RefundCase& refund);

/// `after`: as the event left it.
PublicEvent ToPublic(const Visit& after, const VisitEvent& event);
PublicEvent ToPublic(const RefundCase& after, const RefundEvent& event);

}  // namespace bangkit::aid
