#include "services/dashboard/events/aid_events.h"

#include <map>
#include <string>

#include "bangkit/aid/v1/application_events.pb.h"
#include "bangkit/aid/v1/ledger_events.pb.h"
#include "bangkit/aid/v1/program_events.pb.h"
#include "services/dashboard/events/fields.h"

namespace bangkit::dashboard {
namespace {

using google::protobuf::Timestamp;
using indonesia::RegionTree;
using namespace aid::v1;

Result<Program> ToState(const ProgramStatistics& statistics, const RegionTree& regions) {
    if (const auto region = CheckRegion(statistics.region_code(), regions); !region) {
        return std::unexpected(region.error());
    }
    if (!common::v1::AidInstrument_IsValid(statistics.instrument()) ||
        statistics.instrument() == common::v1::AID_INSTRUMENT_UNSPECIFIED) {
        return Invalid("the instrument does not exist");
    }
    if (!common::v1::ProgramState_IsValid(statistics.state()) ||
        statistics.state() == common::v1::PROGRAM_STATE_UNSPECIFIED) {
        return Invalid("the state does not exist");
    }
    return Program{.region_code = statistics.region_code(),
                   .instrument = static_cast<Instrument>(statistics.instrument()),
                   .state = static_cast<ProgramState>(statistics.state())};
}

Result<Budget> ToState(const BudgetStatistics& statistics, const RegionTree& regions) {
    if (const auto region = CheckRegion(statistics.region_code(), regions); !region) {
        return std::unexpected(region.error());
    }
    const std::int64_t allocated = statistics.balances().allocated_rupiah();
    if (const auto amount = CheckAmount(allocated); !amount) {
        return std::unexpected(amount.error());
    }
    return Budget{.region_code = statistics.region_code(), .allocated = allocated};
}

Result<Application> ToState(const ApplicationStatistics& statistics, const RegionTree& regions) {
    if (const auto region = CheckRegionBelowCountry(statistics.region_code(), regions); !region) {
        return std::unexpected(region.error());
    }
    if (!ApplicationState_IsValid(statistics.state()) ||
        statistics.state() == APPLICATION_STATE_UNSPECIFIED) {
        return Invalid("the state does not exist");
    }
    if (const auto amount = CheckAmount(statistics.amount_rupiah()); !amount) {
        return std::unexpected(amount.error());
    }
    return Application{.region_code = statistics.region_code(),
                       .state = static_cast<dashboard::ApplicationState>(statistics.state()),
                       .amount = statistics.amount_rupiah()};
}

Result<ReachedStep> Reached(Step step, const ApplicationStatistics& statistics,
                            const Timestamp& at) {
    const Result<std::int64_t> hours = WholeHours(statistics.submitted_at(), at);
    if (!hours) return Invalid("submitted_at is missing or out of range");  // `at` was looked at.
    return ReachedStep{.step = step, .hours = *hours};
}

Result<void> Take(ApplicationEvent& event, const Result<ReachedStep>& reached) {
    if (!reached) return std::unexpected(reached.error());
    event.reached = *reached;
    return {};
}

// What an event of an application says besides the statistics.
Result<void> TakeRest(ApplicationEvent& event, const ApplicationSubmitted& message) {
    const Timestamp& first = message.statistics().submitted_at();
    const bool is_first = first.seconds() == message.occurred_at().seconds() &&
                          first.nanos() == message.occurred_at().nanos();
    if (!is_first) return {};  // Again, after a correction.
    return Take(event, Reached(Step::kSubmitted, message.statistics(), message.occurred_at()));
}
Result<void> TakeRest(ApplicationEvent& event, const ApplicationApproved& message) {
    return Take(event, Reached(Step::kApproved, message.statistics(), message.occurred_at()));
}
Result<void> TakeRest(ApplicationEvent& event, const AidDisbursed& message) {
    return Take(event, Reached(Step::kPaid, message.statistics(), message.occurred_at()));
}
Result<void> TakeRest(ApplicationEvent& event, const ApplicationRejected& message) {
    for (const int reason : message.reasons()) {
        if (!aid::v1::RejectionReason_IsValid(reason) || reason == REJECTION_REASON_UNSPECIFIED) {
            return Invalid("a reason does not exist");
        }
        event.reasons.insert(static_cast<dashboard::RejectionReason>(reason));
    }
    return {};
}
Result<void> TakeRest(auto&, const auto&) { return {}; }

template <typename Event, typename Message>
Result<Event> Parse(const std::string& payload, const RegionTree& regions) {
    Message message;
    if (!message.ParseFromString(payload)) return Invalid("the payload cannot be read");
    auto after = ToState(message.statistics(), regions);
    if (!after) return std::unexpected(after.error());
    const Result<Month> month = ToMonth(message.occurred_at());
    if (!month) return std::unexpected(month.error());
    Event event{.after = *std::move(after), .month = *month};
    if (const Result<void> taken = TakeRest(event, message); !taken) {
        return std::unexpected(taken.error());
    }
    return event;
}

template <typename Event>
using Parsers =
    std::map<std::string_view, Result<Event> (*)(const std::string&, const RegionTree&)>;

template <typename Event>
Result<Event> ParseAs(const Parsers<Event>& parsers, const messaging::ReceivedEvent& event,
                      const RegionTree& regions) {
    const auto parser = parsers.find(event.envelope.type);
    if (parser == parsers.end()) return Invalid("this type of event is not known");
    return parser->second(event.record->payload, regions);
}

}  // namespace

Result<ProgramEvent> ParseProgramEvent(const messaging::ReceivedEvent& event,
                                       const RegionTree& regions) {
    static const Parsers<ProgramEvent> parsers{
        {"bangkit.aid.v1.ProgramCreated", Parse<ProgramEvent, ProgramCreated>},
        {"bangkit.aid.v1.ProgramRulesReplaced", Parse<ProgramEvent, ProgramRulesReplaced>},
        {"bangkit.aid.v1.ProgramOpened", Parse<ProgramEvent, ProgramOpened>},
        {"bangkit.aid.v1.ProgramPaused", Parse<ProgramEvent, ProgramPaused>},
        {"bangkit.aid.v1.ProgramClosed", Parse<ProgramEvent, ProgramClosed>},
        {"bangkit.aid.v1.ProgramSettled", Parse<ProgramEvent, ProgramSettled>}};
    return ParseAs(parsers, event, regions);
}

Result<BudgetEvent> ParseBudgetEvent(const messaging::ReceivedEvent& event,
                                     const RegionTree& regions) {
    static const Parsers<BudgetEvent> parsers{
        {"bangkit.aid.v1.BudgetAllocated", Parse<BudgetEvent, BudgetAllocated>},
        {"bangkit.aid.v1.BudgetRevised", Parse<BudgetEvent, BudgetRevised>}};
    return ParseAs(parsers, event, regions);
}

Result<ApplicationEvent> ParseApplicationEvent(const messaging::ReceivedEvent& event,
                                               const RegionTree& regions) {
    static const Parsers<ApplicationEvent> parsers{
        {"bangkit.aid.v1.ApplicationStarted", Parse<ApplicationEvent, ApplicationStarted>},
        {"bangkit.aid.v1.FactsStated", Parse<ApplicationEvent, FactsStated>},
        {"bangkit.aid.v1.DocumentAttached", Parse<ApplicationEvent, DocumentAttached>},
        {"bangkit.aid.v1.ApplicationSubmitted", Parse<ApplicationEvent, ApplicationSubmitted>},
        {"bangkit.aid.v1.DocumentsChecked", Parse<ApplicationEvent, DocumentsChecked>},
        {"bangkit.aid.v1.ApplicationSurveyed", Parse<ApplicationEvent, ApplicationSurveyed>},
        {"bangkit.aid.v1.ApplicationReturned", Parse<ApplicationEvent, ApplicationReturned>},
        {"bangkit.aid.v1.ApplicationApproved", Parse<ApplicationEvent, ApplicationApproved>},
        {"bangkit.aid.v1.ApplicationRejected", Parse<ApplicationEvent, ApplicationRejected>},
        {"bangkit.aid.v1.ApplicationWithdrawn", Parse<ApplicationEvent, ApplicationWithdrawn>},
        {"bangkit.aid.v1.ApplicationCancelled", Parse<ApplicationEvent, ApplicationCancelled>},
        {"bangkit.aid.v1.AidScheduled", Parse<ApplicationEvent, AidScheduled>},
        {"bangkit.aid.v1.AidDisbursed", Parse<ApplicationEvent, AidDisbursed>},
        {"bangkit.aid.v1.DisbursementFailed", Parse<ApplicationEvent, DisbursementFailed>},
        {"bangkit.aid.v1.SupervisionRecorded", Parse<ApplicationEvent, SupervisionRecorded>},
        {"bangkit.aid.v1.ApplicationClosed", Parse<ApplicationEvent, ApplicationClosed>},
        {"bangkit.aid.v1.AidReturned", Parse<ApplicationEvent, AidReturned>}};
    return ParseAs(parsers, event, regions);
}

}  // namespace bangkit::dashboard
