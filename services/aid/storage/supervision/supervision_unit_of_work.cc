#include "services/aid/storage/supervision/supervision_unit_of_work.h"

#include <algorithm>
#include <stdexcept>

#include "libs/base/ids.h"
#include "services/aid/domain/region.h"
#include "services/aid/storage/application/application_mapping.h"
#include "services/aid/storage/supervision/supervision_mapping.h"

namespace bangkit::aid {
namespace {

// What a command is about, as the audit trail has it.
std::string_view AggregateOf(const PlanVisits&) { return kProgramAggregate; }
std::string_view AggregateOf(const PlanVisit&) { return kApplicationAggregate; }
std::string_view AggregateOf(const CloseApplication&) { return kApplicationAggregate; }
std::string_view AggregateOf(const OpenRefundCase&) { return kApplicationAggregate; }
std::string_view AggregateOf(const RecordRepayment&) { return kRefundAggregate; }
std::string_view AggregateOf(const TakeBackGoods&) { return kRefundAggregate; }
std::string_view AggregateOf(const DropRefundCase&) { return kRefundAggregate; }
std::string_view AggregateOf(const ExpireRefund&) { return kRefundAggregate; }
std::string_view AggregateOf(const auto&) { return kVisitAggregate; }

bool Any(const std::map<std::string, std::set<std::string>>& ids, const std::string& application_id,
         const auto& is_so) {
    const auto found = ids.find(application_id);
    return found != ids.end() && std::ranges::any_of(found->second, is_so);
}

}  // namespace

std::string SupervisionUnitOfWork::Target(const Command& command) {
    const std::string_view aggregate =
        std::visit([](const auto& deed) { return AggregateOf(deed); }, command.deed);
    return std::string(aggregate) + "/" + command.id;
}

command::Outcome SupervisionUnitOfWork::Handle(const Pending& pending, Time now) {
    return std::visit([&](const auto& deed) { return Run(deed, pending, now); },
                      pending.command.deed);
}

command::Outcome SupervisionUnitOfWork::Run(const PlanVisit& deed, const Pending& pending,
                                            Time now) {
    const std::string& id = pending.command.id;
    const Result<VisitEvent> event =
        Decide(ReachedApplication(id, pending), HasPlanned(id), deed, pending.caller.subject, now);
    if (!event) return std::unexpected(event.error());
    return AnswerTo(deed, Record({}, *event, pending));
}

command::Outcome SupervisionUnitOfWork::Run(const PlanVisits& deed, const Pending& pending,
                                            Time now) {
    const auto program = programs_.find(pending.command.id);
    const bool is_there = program != programs_.end() && pending.caller.Reaches(deed.region_code) &&
                          (LiesIn(deed.region_code, program->second.terms.region_code) ||
                           LiesIn(program->second.terms.region_code, deed.region_code));
    if (!is_there) {
        return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
    }
    std::int64_t planned = 0;
    for (const std::string& id : candidates_.at({pending.command.id, deed.region_code})) {
        if (planned == deed.most) break;
        const Application application = ReachedApplication(id, pending);
        const bool waits = application.state == ApplicationState::kDisbursed && !HasPlanned(id);
        if (!waits) continue;  // Any more.
        const Result<VisitEvent> event = Decide(
            application, false, PlanVisit{.visit_id = NewId(now), .planned_for = deed.planned_for},
            pending.caller.subject, now);
        if (!event) return std::unexpected(event.error());  // Of the first: the day is over.
        Record({}, *event, pending);
        ++planned;
    }
    if (planned > 0) return PlannedAnswer(planned);
    return Refused(ErrorCode::kFailedPrecondition, "NOTHING_TO_VISIT",
                   "nothing was given that was not visited");
}

command::Outcome SupervisionUnitOfWork::Run(const RecordVisit& deed, const Pending& pending,
                                            Time now) {
    const Visit before = ReachedVisit(pending);
    const Application application = ReachedApplication(before.application_id, pending);
    const Result<VisitEvent> event = Decide(before, deed, application, pending.caller.subject, now);
    if (!event) return std::unexpected(event.error());
    const bool is_given = application.state == ApplicationState::kDisbursed ||
                          application.state == ApplicationState::kSupervised;
    if (const Result<void> kept = Keep(before, pending.command.findings); !kept) {
        return std::unexpected(kept.error());
    }
    if (is_given && IsSupervision(deed.outcome)) {  // Else it has come back meanwhile.
        const Result<void> taken = steps_.Take(application.id, RecordSupervision{}, pending, now);
        if (!taken) throw std::logic_error("a supervision: " + taken.error().reason);
    }
    return AnswerTo(deed, Record(before, *event, pending));
}

command::Outcome SupervisionUnitOfWork::Run(const CancelVisit& deed, const Pending& pending,
                                            Time now) {
    const Visit before = ReachedVisit(pending);
    const Result<VisitEvent> event = Decide(before, deed, now);
    if (!event) return std::unexpected(event.error());
    return AnswerTo(deed, Record(before, *event, pending));
}

command::Outcome SupervisionUnitOfWork::Run(const ExpireVisit& deed, const Pending& pending,
                                            Time now) {
    const Visit before = ReachedVisit(pending);
    const auto& expected = pending.command.expected_version;
    if (before.Exists() && expected && *expected != before.version) {
        return Refused(ErrorCode::kAborted, "ETAG_STALE", "the visit has changed since");
    }
    const Result<VisitEvent> event = Decide(before, deed, now);
    if (!event) return std::unexpected(event.error());
    Record(before, *event, pending);
    return "";
}

command::Outcome SupervisionUnitOfWork::Run(const InspectVisit&, const Pending& pending, Time) {
    if (ReachedVisit(pending).Exists()) return "";
    return Refused(ErrorCode::kNotFound, "VISIT_NOT_FOUND", "no such visit");
}

command::Outcome SupervisionUnitOfWork::Run(const CloseApplication& deed, const Pending& pending,
                                            Time now) {
    const Application application = ReachedApplication(pending.command.id, pending);
    const bool is_supervised = application.state == ApplicationState::kSupervised;
    if (application.Exists() && is_supervised) {
        const Result<void> may_close = CheckMayClose(ClosingContextOf(application.id));
        if (!may_close) return std::unexpected(may_close.error());
    }
    const Result<void> taken = steps_.Take(application.id, deed, pending, now);
    if (!taken) return std::unexpected(taken.error());
    return ClosedAnswer(*steps_.Find(application.id));
}

command::Outcome SupervisionUnitOfWork::Run(const OpenRefundCase& deed, const Pending& pending,
                                            Time now) {
    const Application application = ReachedApplication(pending.command.id, pending);
    const auto program = programs_.find(application.program_id);
    const Instrument instrument =
        program == programs_.end() ? Instrument::kCashGrant : program->second.terms.instrument;
    const Result<RefundEvent> event = Decide(application, instrument, HasOpenRefund(application.id),
                                             deed, pending.caller.subject, now);
    if (!event) return std::unexpected(event.error());
    return AnswerTo(deed, Record({}, *event, pending));
}

command::Outcome SupervisionUnitOfWork::Run(const RecordRepayment& deed, const Pending& pending,
                                            Time now) {
    const RefundCase before = ReachedRefund(pending);
    const Result<RefundEvent> event = Decide(before, deed, pending.caller.subject, now);
    if (!event) return std::unexpected(event.error());
    if (repayments_.Knows(deed.receipt)) {
        return Refused(ErrorCode::kAlreadyExists, "RECEIPT_TAKEN",
                       "this receipt of the treasury is known");
    }
    if (std::holds_alternative<RefundCaseSettled>(*event)) {
        const Result<void> taken = steps_.Take(before.application_id, RecordRefund{}, pending, now);
        if (!taken) return std::unexpected(taken.error());
    }
    repayments_.Add(before.id, deed, pending.caller.subject, now);
    return AnswerTo(deed, Record(before, *event, pending));
}

command::Outcome SupervisionUnitOfWork::Run(const TakeBackGoods& deed, const Pending& pending,
                                            Time now) {
    const RefundCase before = ReachedRefund(pending);
    const Result<RefundEvent> event = Decide(before, deed, pending.caller.subject, now);
    if (!event) return std::unexpected(event.error());
    const Result<void> taken = steps_.Take(before.application_id, RecordRefund{}, pending, now);
    if (!taken) return std::unexpected(taken.error());
    for (const StockShare& share : handed_over_[before.application_id]) {
        const Result<void> posted = book_.Post(
            *book_.Find(share.stock_id),
            {.kind = StockPostingKind::kReturn,
             .quantity = share.quantity,
             .application_id = before.application_id,
             .business_id = before.business_id,
             .document = deed.document},
            {.subject = pending.caller.subject, .traceparent = pending.traceparent, .now = now});
        if (!posted) throw std::logic_error("goods that were given: " + posted.error().reason);
    }
    return AnswerTo(deed, Record(before, *event, pending));
}

command::Outcome SupervisionUnitOfWork::Run(const DropRefundCase& deed, const Pending& pending,
                                            Time now) {
    const RefundCase before = ReachedRefund(pending);
    const Application* application = steps_.Find(before.application_id);
    const DropRefundCase known{.is_returned = application != nullptr &&
                                              application->state == ApplicationState::kRefunded};
    const Result<RefundEvent> event = Decide(before, known, pending.caller.subject, now);
    if (!event) return std::unexpected(event.error());
    return AnswerTo(deed, Record(before, *event, pending));
}

command::Outcome SupervisionUnitOfWork::Run(const ExpireRefund& deed, const Pending& pending,
                                            Time now) {
    const RefundCase before = ReachedRefund(pending);
    const auto& expected = pending.command.expected_version;
    if (before.Exists() && expected && *expected != before.version) {
        return Refused(ErrorCode::kAborted, "ETAG_STALE", "the case has changed since");
    }
    const Result<RefundEvent> event = Decide(before, deed, now);
    if (!event) return std::unexpected(event.error());
    Record(before, *event, pending);
    return "";
}

Application SupervisionUnitOfWork::ReachedApplication(const std::string& id,
                                                      const Pending& pending) const {
    const Application* application = steps_.Find(id);
    const bool is_there =
        application != nullptr && pending.caller.Reaches(application->applicant.region_code);
    return is_there ? *application : Application{};
}

Visit SupervisionUnitOfWork::ReachedVisit(const Pending& pending) const {
    const Visit* visit = visits_.Find(pending.command.id);
    const bool is_there = visit != nullptr && pending.caller.Reaches(visit->region_code);
    return is_there ? *visit : Visit{};
}

RefundCase SupervisionUnitOfWork::ReachedRefund(const Pending& pending) const {
    const RefundCase* refund = refunds_.Find(pending.command.id);
    const bool is_there = refund != nullptr && pending.caller.Reaches(refund->region_code);
    return is_there ? *refund : RefundCase{};
}

bool SupervisionUnitOfWork::HasPlanned(const std::string& application_id) const {
    return Any(visits_of_, application_id, [this](const std::string& id) {
        return visits_.Find(id)->state == VisitState::kPlanned;
    });
}

bool SupervisionUnitOfWork::HasOpenRefund(const std::string& application_id) const {
    return Any(refunds_of_, application_id, [this](const std::string& id) {
        return refunds_.Find(id)->state == RefundState::kOpen;
    });
}

ClosingContext SupervisionUnitOfWork::ClosingContextOf(const std::string& application_id) const {
    ClosingContext context{.has_planned_visit = HasPlanned(application_id),
                           .last_outcome = {},
                           .has_open_refund = HasOpenRefund(application_id)};
    const auto proofs = proofs_.find(application_id);
    if (proofs != proofs_.end()) context.proofs = proofs->second;
    const auto visits = visits_of_.find(application_id);
    if (visits == visits_of_.end()) return context;
    std::optional<Time> last;
    for (const std::string& id : visits->second) {
        const Visit& visit = *visits_.Find(id);
        if (!visit.outcome || !IsSupervision(*visit.outcome)) continue;
        if (last && *visit.visited_at < *last) continue;
        last = visit.visited_at;
        context.last_outcome = visit.outcome;
    }
    return context;
}

const Visit& SupervisionUnitOfWork::Record(const Visit& before, const VisitEvent& event,
                                           const Pending& pending) {
    const Visit after = Apply(before, event);
    const PublicEvent out = ToPublic(after, event);
    outbox_.Add({.aggregate_type = kVisitAggregate,
                 .aggregate_id = after.id,
                 .version = after.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = pending.traceparent});
    visits_of_[after.application_id].insert(after.id);
    return visits_[after.id] = after;
}

const RefundCase& SupervisionUnitOfWork::Record(const RefundCase& before, const RefundEvent& event,
                                                const Pending& pending) {
    const RefundCase after = Apply(before, event);
    const PublicEvent out = ToPublic(after, event);
    outbox_.Add({.aggregate_type = kRefundAggregate,
                 .aggregate_id = after.id,
                 .version = after.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = pending.traceparent});
    refunds_of_[after.application_id].insert(after.id);
    return refunds_[after.id] = after;
}

Result<void> SupervisionUnitOfWork::Keep(const Visit& visit, const std::string& findings) {
    if (findings.empty()) return {};
    const auto business = businesses_.find(visit.business_id);
    if (business != businesses_.end() && business->second.owner_is_erased) {
        return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                       "the personal data of the owner was destroyed");
    }
    findings_[visit.id] = SealFindings(owner_keys_.FindOrMake(visit.owner_id), visit.id, findings);
    return {};
}

// What comes back is in the ledgers before its case is settled: the database asks for it.
void SupervisionUnitOfWork::Save(postgres::Transaction& transaction) {
    steps_.Save(transaction);
    book_.Save(transaction);
    owner_keys_.Save(transaction);
    SaveVisits(transaction, visits_, findings_);
    repayments_.Save(transaction);
    SaveRefundCases(transaction, refunds_);
    outbox_.Save(transaction);
}

}  // namespace bangkit::aid
