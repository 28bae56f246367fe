#include "services/aid/storage/referral/referral_unit_of_work.h"

#include <stdexcept>
#include <utility>

#include "libs/base/ids.h"
#include "libs/identity/policy.h"
#include "services/aid/domain/payment/payment.h"
#include "services/aid/storage/application/doubled.h"
#include "services/aid/storage/program/programs.h"
#include "services/aid/storage/referral/agreements.h"
#include "services/aid/storage/referral/referral_mapping.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

bool IsOfAgreement(const ReferralCommand& command) {
    return std::holds_alternative<MakeAgreement>(command.deed) ||
           std::holds_alternative<EndAgreement>(command.deed);
}

}  // namespace

bool IsOfPartner(const identity::Caller& caller, std::string_view partner_id) {
    return caller.HasRole(identity::role::kPartner) && ParseUuid(caller.subject) == partner_id;
}

std::string ReferralUnitOfWork::Target(const Command& command) {
    return std::string(IsOfAgreement(command) ? kAgreementAggregate : kReferralAggregate) + "/" +
           command.id;
}

// What never changes is read first. Lock order: programmes (shared), budgets, applications,
// agreements, referrals; each by id.
void ReferralUnitOfWork::Load(postgres::Transaction& transaction,
                              std::span<const Command* const> commands) {
    std::set<std::string> programs, referred, held, ended, referrals, answered;
    for (const Command* command : commands) {
        if (const auto* made = std::get_if<MakeAgreement>(&command->deed)) {
            programs.insert(made->program_id);
        } else if (std::holds_alternative<EndAgreement>(command->deed)) {
            ended.insert(command->id);
        } else if (const auto* handed = std::get_if<ReferApplication>(&command->deed)) {
            referred.insert(handed->application_id);
            held.insert(handed->agreement_id);
        } else {
            referrals.insert(command->id);
            if (std::holds_alternative<AnswerReferral>(command->deed)) answered.insert(command->id);
        }
    }
    for (const ApplicationRoot& root : FindRoots(transaction, Uuids(referred))) {
        programs.insert(root.program_id);
    }
    for (Program& program : LockPrograms(transaction, Uuids(programs), RowLock::kAgainstChanges)) {
        const std::string id = program.id;
        programs_.emplace(id, std::move(program));
    }
    ApplicationSteps::Wanted wanted{.ids = FindReferred(transaction, Uuids(referrals)),
                                    .moving = {},
                                    .ending = FindReferred(transaction, Uuids(answered))};
    wanted.ids.insert(referred.begin(), referred.end());
    steps_.Lock(transaction, wanted);
    for (const std::string& id : ended) held.erase(id);
    for (Agreement& agreement : LockAgreements(transaction, Uuids(ended))) {
        agreements_.AddLoaded(std::move(agreement));
    }
    for (Agreement& agreement : HoldAgreements(transaction, Uuids(held))) {
        agreements_.AddLoaded(std::move(agreement));
    }
    for (Referral& referral : LockReferrals(transaction, Uuids(referrals))) {
        referrals_.AddLoaded(std::move(referral));
    }
    with_partners_ = FindWithPartners(transaction, Uuids(referred));
    doubled_ = FindDoubled(transaction, referred);
}

command::Outcome ReferralUnitOfWork::Handle(const Pending& pending, Time now) {
    return std::visit([&](const auto& deed) { return Run(deed, pending, now); },
                      pending.command.deed);
}

command::Outcome ReferralUnitOfWork::Run(const MakeAgreement& deed, const Pending& pending,
                                         Time now) {
    const auto program = programs_.find(deed.program_id);
    if (program == programs_.end() || !pending.caller.Reaches(program->second.terms.region_code)) {
        return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
    }
    const Result<AgreementEvent> event =
        Decide(deed, pending.command.id, program->second, pending.caller.subject, now);
    if (!event) return std::unexpected(event.error());
    return AnswerTo(deed, Record(*event, pending));
}

command::Outcome ReferralUnitOfWork::Run(const EndAgreement& deed, const Pending& pending,
                                         Time now) {
    const Agreement* found = agreements_.Find(pending.command.id);
    const bool is_there = found != nullptr && pending.caller.Reaches(found->region_code);
    const Agreement agreement = is_there ? *found : Agreement{};
    const Result<AgreementEvent> event = Decide(agreement, deed, now);
    if (!event) return std::unexpected(event.error());
    return AnswerTo(deed, Record(*event, pending));
}

command::Outcome ReferralUnitOfWork::Run(const ReferApplication& deed, const Pending& pending,
                                         Time now) {
    static const Application nobody{};
    static const Agreement nothing{};
    static const Program none{};
    const Application& found = ApplicationOf(deed.application_id);
    const bool is_reached = pending.caller.Reaches(found.applicant.region_code);
    const Agreement* agreement = agreements_.Find(deed.agreement_id);
    const auto program = programs_.find(found.program_id);
    const Result<ReferralEvent> event =
        Decide(deed, pending.command.id,
               {.application = is_reached ? found : nobody,
                .program = program == programs_.end() ? none : program->second,
                .agreement = agreement == nullptr ? nothing : *agreement,
                .is_with_a_partner = with_partners_.contains(deed.application_id),
                .calendar = calendar_,
                .actor = pending.caller.subject,
                .now = now});
    if (!event) return std::unexpected(event.error());
    if (doubled_.contains(deed.application_id)) return Doubled();
    with_partners_.insert(deed.application_id);
    return AnswerTo(deed, Record(*event, pending));
}

command::Outcome ReferralUnitOfWork::Run(const AnswerReferral& deed, const Pending& pending,
                                         Time now) {
    const Referral before = Reached(pending);
    if (const Result<void> fresh = CheckVersion(pending, before.version); !fresh) {
        return std::unexpected(fresh.error());
    }
    const bool is_of_file = pending.command.is_of_file;
    const Result<std::optional<ReferralEvent>> event =
        Decide(before, deed, ApplicationOf(before.application_id), now);
    if (!event) return std::unexpected(event.error());
    if (!*event) return is_of_file ? ToResult(before, false) : AnswerTo(deed, before);
    TakeStep(before, **event, pending, now);
    const Referral& after = Record(**event, pending);
    return is_of_file ? ToResult(after, true) : AnswerTo(deed, after);
}

command::Outcome ReferralUnitOfWork::Run(const EscalateReferral& deed, const Pending& pending,
                                         Time) {
    const Referral before = Reached(pending);
    if (const Result<void> fresh = CheckVersion(pending, before.version); !fresh) {
        return std::unexpected(fresh.error());
    }
    const Result<ReferralEvent> event = Decide(before, deed, ApplicationOf(before.application_id));
    if (!event) return std::unexpected(event.error());
    return AnswerTo(deed, Record(*event, pending));
}

command::Outcome ReferralUnitOfWork::Run(const EndReferral& deed, const Pending& pending,
                                         Time now) {
    const Referral before = Reached(pending);
    if (const Result<void> fresh = CheckVersion(pending, before.version); !fresh) {
        return std::unexpected(fresh.error());
    }
    const Result<ReferralEvent> event = Decide(before, deed, now);
    if (!event) return std::unexpected(event.error());
    with_partners_.erase(before.application_id);
    return AnswerTo(deed, Record(*event, pending));
}

Referral ReferralUnitOfWork::Reached(const Pending& pending) const {
    const Referral* referral = referrals_.Find(pending.command.id);
    const bool is_there =
        referral != nullptr && (pending.caller.Reaches(referral->applicant.region_code) ||
                                IsOfPartner(pending.caller, referral->partner_id));
    return is_there ? *referral : Referral{};
}

Result<void> ReferralUnitOfWork::CheckVersion(const Pending& pending, std::int64_t version) const {
    const auto& expected = pending.command.expected_version;
    if (version == 0 || !expected || *expected == version) return {};
    return Refused(ErrorCode::kAborted, "ETAG_STALE", "the referral has changed since it was read");
}

const Application& ReferralUnitOfWork::ApplicationOf(const std::string& application_id) const {
    static const Application nobody{};
    const Application* application = steps_.Find(application_id);
    return application == nullptr ? nobody : *application;
}

void ReferralUnitOfWork::TakeStep(const Referral& before, const ReferralEvent& event,
                                  const Pending& pending, Time now) {
    const std::string& id = before.application_id;
    const auto take = [&](const auto& command) {
        const Result<void> taken = steps_.Take(id, command, pending, now);
        if (!taken) throw std::logic_error("a step of a referral: " + taken.error().reason);
    };
    switch (StepOf(before, ApplicationOf(id), event)) {
        case ApplicationStep::kNone: return;
        case ApplicationStep::kReject:
            return take(RejectApplication{
                .reasons = ToRejection(std::get<ReferralRefused>(event).reasons)});
        case ApplicationStep::kCancel: return take(CancelApplication{});
        case ApplicationStep::kGive:
            take(SchedulePayment{.payment_reference = ReferenceOf(id)});
            return take(ConfirmPayment{});
    }
}

const Agreement& ReferralUnitOfWork::Record(const AgreementEvent& event, const Pending& pending) {
    Agreement& agreement = agreements_[pending.command.id];
    agreement = Apply(agreement, event);
    const PublicEvent out = ToPublic(agreement, event);
    outbox_.Add({.aggregate_type = kAgreementAggregate,
                 .aggregate_id = agreement.id,
                 .version = agreement.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = pending.traceparent});
    return agreement;
}

const Referral& ReferralUnitOfWork::Record(const ReferralEvent& event, const Pending& pending) {
    Referral& referral = referrals_[pending.command.id];
    referral = Apply(referral, event);
    history_.Add(referral, pending.caller.subject);
    const PublicEvent out = ToPublic(referral, event);
    outbox_.Add({.aggregate_type = kReferralAggregate,
                 .aggregate_id = referral.id,
                 .version = referral.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = pending.traceparent});
    return referral;
}

void ReferralUnitOfWork::Save(postgres::Transaction& transaction) {
    steps_.Save(transaction);
    SaveAgreements(transaction, agreements_);
    SaveReferrals(transaction, referrals_);
    history_.Save(transaction);
    outbox_.Save(transaction);
}

}  // namespace bangkit::aid
