#include "services/aid/storage/nomination/nomination_unit_of_work.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "libs/indonesia/format.h"
#include "services/aid/domain/payment/payment.h"
#include "services/aid/domain/region.h"

namespace bangkit::aid {
namespace {

std::unexpected<Error> NominationNotFound() {
    return Refused(ErrorCode::kNotFound, "NOMINATION_NOT_FOUND", "no such list of nominations");
}
std::unexpected<Error> NomineeNotFound() {
    return Refused(ErrorCode::kNotFound, "NOMINEE_NOT_FOUND", "nobody is nominated by it");
}

/// A record may still be stated: nothing has come of the application yet.
bool IsBeforeNomination(ApplicationState state) {
    using enum ApplicationState;
    constexpr ApplicationState kBefore[] = {kDraft,    kSubmitted, kDocumentsChecked,
                                            kSurveyed, kReturned,  kApproved};
    return std::ranges::find(kBefore, state) != std::end(kBefore);
}

}  // namespace

std::string NominationUnitOfWork::Target(const Command& command) {
    if (!command.batch_id.empty()) {
        return std::string(kNominationBatchAggregate) + "/" + command.batch_id;
    }
    return std::string(kNomineeAggregate) + "/" + command.application_id;
}

command::Outcome NominationUnitOfWork::Handle(const Pending& pending, Time now) {
    return std::visit([&](const auto& deed) { return Run(deed, pending, now); },
                      pending.command.deed);
}

command::Outcome NominationUnitOfWork::Run(const OpenNominationBatch& deed, const Pending& pending,
                                           Time now) {
    const auto program = programs_.find(deed.program_id);
    const bool is_there = program != programs_.end() && pending.caller.Reaches(deed.region_code) &&
                          (LiesIn(deed.region_code, program->second.terms.region_code) ||
                           LiesIn(program->second.terms.region_code, deed.region_code));
    if (!is_there) {
        return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
    }
    NominationBatch batch;
    batch.id = pending.command.batch_id;
    batch.program_id = deed.program_id;
    batch.region_code = deed.region_code;
    batch.scheme = deed.scheme;
    const bool is_refused = NewNamesAreRefused(batch, now);
    return Keep(Open(std::move(batch), program->second, is_refused, pending.caller.subject, now),
                NominationBatchChange::kOpened, pending, OpenedAnswer);
}

command::Outcome NominationUnitOfWork::Run(const AddNominees& deed, const Pending& pending,
                                           Time now) {
    const NominationBatch* found = ReachedBatch(pending);
    if (found == nullptr) return NominationNotFound();
    const NominationBatch& batch = *found;
    const Result<void> takes = CheckTakesNames(batch, NewNamesAreRefused(batch, now));
    if (!takes) return std::unexpected(takes.error());
    const Candidates& candidates = candidates_.at(batch.id);
    std::int64_t added = 0;
    std::set<std::string> makers = {pending.caller.subject};
    for (const std::string& application_id : candidates.ids) {
        if (added == deed.most) break;
        const Application* application = steps_.Find(application_id);
        const std::string* stated_by = StaterOf(application_id, batch);
        const bool is_ready = application != nullptr && stated_by != nullptr &&
                              application->state == ApplicationState::kApproved;
        if (!is_ready) continue;  // Any more.
        Record(Nominate(*application, batch, batch.nominees + ++added, now), pending);
        const SchedulePayment schedule{.payment_reference = ReferenceOf(application_id)};
        if (!steps_.Take(application_id, schedule, pending, now)) {
            throw std::logic_error("what is approved cannot be scheduled");
        }
        makers.insert(*stated_by);
    }
    if (added == 0) return AddedAnswer(batch, 0, candidates.without_record);
    const NominationBatch grown = Grown(batch, added, makers, now);
    Record(grown, NominationBatchChange::kGrown, pending);
    return AddedAnswer(grown, added, candidates.without_record);
}

command::Outcome NominationUnitOfWork::Run(const SendNominationBatch& deed, const Pending& pending,
                                           Time now) {
    const NominationBatch* batch = ReachedBatch(pending);
    if (batch == nullptr) return NominationNotFound();
    if (outdated_.contains(batch->id)) {
        return Refused(ErrorCode::kFailedPrecondition, "NOMINATION_OUTDATED",
                       "somebody in the list was merged with another one since");
    }
    return Keep(Send(*batch, deed.letter, pending.caller.subject, now),
                NominationBatchChange::kSent, pending, SentAnswer);
}

command::Outcome NominationUnitOfWork::Run(const OpenCorrectionWindow& deed, const Pending& pending,
                                           Time now) {
    const NominationBatch* batch = ReachedBatch(pending);
    if (batch == nullptr) return NominationNotFound();
    return Keep(OpenWindow(*batch, deed.until, now), NominationBatchChange::kWindowOpened, pending,
                WindowAnswer);
}

command::Outcome NominationUnitOfWork::Run(const RecordDecree& deed, const Pending& pending,
                                           Time now) {
    const NominationBatch* batch = ReachedBatch(pending);
    if (batch == nullptr) return NominationNotFound();
    return Keep(Decree(*batch, deed.decree, deed.decreed_on, now), NominationBatchChange::kDecreed,
                pending, DecreeAnswer);
}

command::Outcome NominationUnitOfWork::Run(const StateNomineeRecord& deed, const Pending& pending,
                                           Time now) {
    const std::string& id = pending.command.application_id;
    const Application* application = steps_.Find(id);
    if (application == nullptr || !pending.caller.Reaches(application->applicant.region_code)) {
        return Refused(ErrorCode::kNotFound, "APPLICATION_NOT_FOUND", "no such application");
    }
    const Applicant& applicant = application->applicant;
    const auto business = businesses_.find(applicant.business_id);
    if (business == businesses_.end() || business->second.owner_is_erased) {
        return Refused(ErrorCode::kFailedPrecondition, "OWNER_ERASED",
                       "the personal data of the owner was destroyed");
    }
    const Nominee* nominee = nominees_.Find(id);
    if (nominee != nullptr) {
        if (deed.scheme != nominee->scheme) {
            return Refused(ErrorCode::kFailedPrecondition, "SCHEME_DIFFERS",
                           "the list has another scheme");
        }
        const Result<Nominee> corrected =
            Correct(*nominee, *batches_.Find(nominee->batch_id), pending.caller.subject, now);
        if (!corrected) return std::unexpected(corrected.error());
        Record(*corrected, pending);
        nominee = nominees_.Find(id);
    } else if (!IsBeforeNomination(application->state)) {
        return Refused(ErrorCode::kFailedPrecondition, "APPLICATION_STATE_WRONG",
                       "the state of the application does not allow it");
    }
    const crypto::Key& key = owner_keys_.FindOrMake(applicant.owner_id);
    records_.Add(id,
                 {.owner_id = applicant.owner_id,
                  .scheme = deed.scheme,
                  .sealed = SealRecord(key, id, deed.record),
                  .stated_by = pending.caller.subject},
                 now);
    return StatedAnswer(id, nominee);
}

command::Outcome NominationUnitOfWork::Run(const WithdrawNominee&, const Pending& pending,
                                           Time now) {
    const Nominee* nominee = ReachedNominee(pending);
    if (nominee == nullptr) return NomineeNotFound();
    const Result<NomineeTurn> turn = Withdraw(*nominee, now);
    if (!turn) return std::unexpected(turn.error());
    if (const Result<void> kept = Keep(*turn, pending, now); !kept) {
        return std::unexpected(kept.error());
    }
    return WithdrawnAnswer(turn->nominee);
}

command::Outcome NominationUnitOfWork::Run(const TakeNominationAnswer& deed, const Pending& pending,
                                           Time now) {
    const Nominee* nominee = ReachedNominee(pending);
    if (nominee == nullptr) return NomineeNotFound();
    const Result<NomineeTurn> turn =
        Settle(*nominee, *batches_.Find(nominee->batch_id), deed.answer, now);
    if (!turn) return std::unexpected(turn.error());
    if (turn->nominee == *nominee) return LineAnswer(*nominee, false);
    if (const Result<void> kept = Keep(*turn, pending, now); !kept) {
        return std::unexpected(kept.error());
    }
    return LineAnswer(turn->nominee, true);
}

command::Outcome NominationUnitOfWork::Run(const ExpireNominee& deed, const Pending& pending,
                                           Time) {
    const Nominee* nominee = ReachedNominee(pending);
    if (nominee == nullptr) return NomineeNotFound();
    if (nominee->version != deed.expected_version) {
        return Refused(ErrorCode::kAborted, "ETAG_STALE",
                       "the nomination has changed since it was read");
    }
    const Result<NomineeTurn> turn = Expire(*nominee, deed.now);
    if (!turn) return std::unexpected(turn.error());
    if (const Result<void> kept = Keep(*turn, pending, deed.now); !kept) {
        return std::unexpected(kept.error());
    }
    return LineAnswer(turn->nominee, true);
}

template <typename Answer>
command::Outcome NominationUnitOfWork::Keep(const Result<NominationBatch>& after,
                                            NominationBatchChange change, const Pending& pending,
                                            Answer answer) {
    if (!after) return std::unexpected(after.error());
    Record(*after, change, pending);
    return answer(*after);
}

Result<void> NominationUnitOfWork::Keep(const NomineeTurn& turn, const Pending& pending, Time now) {
    bool is_begun = false;
    const auto take = [&](const auto& command) {
        Result<void> taken = steps_.Take(turn.nominee.id, command, pending, now);
        if (!taken && is_begun) {
            throw std::logic_error("a step of a nomination: " + taken.error().reason);
        }
        is_begun = true;
        return taken;
    };
    for (const NomineeStep step : turn.steps) {
        Result<void> taken;
        switch (step) {
            case NomineeStep::kPay: taken = take(ConfirmPayment{}); break;
            case NomineeStep::kRefund: taken = take(RecordRefund{}); break;
            case NomineeStep::kEnd:
                taken = take(FailPayment{});
                if (taken) taken = take(CancelApplication{});
                break;
        }
        if (!taken) return taken;
    }
    Record(turn.nominee, pending);
    return {};
}

void NominationUnitOfWork::Record(const NominationBatch& after, NominationBatchChange change,
                                  const Pending& pending) {
    const PublicEvent out = ToPublic(after, change);
    outbox_.Add({.aggregate_type = kNominationBatchAggregate,
                 .aggregate_id = after.id,
                 .version = after.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = pending.traceparent});
    batch_ids_.insert(after.id);
    batches_[after.id] = after;
}

void NominationUnitOfWork::Record(const Nominee& after, const Pending& pending) {
    const PublicEvent out = ToPublic(after);
    outbox_.Add({.aggregate_type = kNomineeAggregate,
                 .aggregate_id = after.id,
                 .version = after.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = pending.traceparent});
    nominees_[after.id] = after;
}

const std::string* NominationUnitOfWork::StaterOf(const std::string& application_id,
                                                  const NominationBatch& batch) const {
    if (const StatedRecord* stated = records_.Find(application_id)) {  // Just now.
        return stated->scheme == batch.scheme ? &stated->stated_by : nullptr;
    }
    const auto& staters = candidates_.at(batch.id).stated_by;
    const auto found = staters.find(application_id);
    return found == staters.end() ? nullptr : &found->second;
}

bool NominationUnitOfWork::NewNamesAreRefused(const NominationBatch& batch, Time now) const {
    const Date today = indonesia::LocalDate(now);
    return std::ranges::any_of(batch_ids_, [&](const std::string& id) {
        return RefusesNewNames(*batches_.Find(id), batch, today);
    });
}

const NominationBatch* NominationUnitOfWork::ReachedBatch(const Pending& pending) const {
    const NominationBatch* batch = batches_.Find(pending.command.batch_id);
    const bool is_there = batch != nullptr && pending.caller.Reaches(batch->region_code);
    return is_there ? batch : nullptr;
}

const Nominee* NominationUnitOfWork::ReachedNominee(const Pending& pending) const {
    const Nominee* nominee = nominees_.Find(pending.command.application_id);
    const bool is_there = nominee != nullptr && pending.caller.Reaches(nominee->region_code);
    return is_there ? nominee : nullptr;
}

void NominationUnitOfWork::Save(postgres::Transaction& transaction) {
    steps_.Save(transaction);
    owner_keys_.Save(transaction);
    SaveNominations(transaction, batches_, nominees_);
    records_.Save(transaction);
    outbox_.Save(transaction);
}

}  // namespace bangkit::aid
