#include "services/dashboard/events/measured_events.h"

#include <map>

#include "services/dashboard/events/goods_events.h"
#include "services/dashboard/events/grievance_events.h"
#include "services/dashboard/events/loan_events.h"
#include "services/dashboard/events/measured.h"
#include "services/dashboard/events/nomination_events.h"
#include "services/dashboard/events/supervision_events.h"

namespace bangkit::dashboard {
namespace {

/// Of each type of aggregate, its events.
const std::map<std::string_view, MeasuredParsers>& Aggregates() {
    static const std::map<std::string_view, MeasuredParsers> all{
        {"stock", StockParsers()},        {"loan", LoanParsers()},
        {"referral", ReferralParsers()},  {"nominee", NomineeParsers()},
        {"visit", VisitParsers()},        {"refund", RefundParsers()},
        {"grievance", GrievanceParsers()}};
    return all;
}

}  // namespace

bool IsMeasured(std::string_view aggregate_type) { return Aggregates().contains(aggregate_type); }

Result<MeasuredEvent> ParseMeasuredEvent(const messaging::ReceivedEvent& event,
                                         const indonesia::RegionTree& regions) {
    const MeasuredParsers& parsers = Aggregates().at(event.envelope.aggregate_type);
    const auto parser = parsers.find(event.envelope.type);
    if (parser == parsers.end()) return Invalid("this type of event is not known");
    return parser->second(event.record->payload, regions);
}

}  // namespace bangkit::dashboard
