#include "services/aid/storage/loan/loan_unit_of_work.h"

#include <stdexcept>
#include <utility>

#include "services/aid/domain/payment/payment.h"
#include "services/aid/storage/application/doubled.h"
#include "services/aid/storage/loan/loan_mapping.h"
#include "services/aid/storage/referral/agreements.h"
#include "services/aid/storage/referral/referral_unit_of_work.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {

std::string LoanUnitOfWork::Target(const Command& command) {
    return std::string(kLoanAggregate) + "/" + command.loan_id;
}

// What never changes is read first. Lock order: budgets, applications, agreements, referrals (both
// against changes), loans; each by id.
void LoanUnitOfWork::Load(postgres::Transaction& transaction,
                          std::span<const Command* const> commands) {
    std::set<std::string> granted, loans, accruing;
    std::set<InstalmentBook::Key> instalments;
    for (const Command* command : commands) {
        if (const auto* grant = std::get_if<GrantLoan>(&command->deed)) {
            granted.insert(grant->referral_id);
            continue;
        }
        loans.insert(command->loan_id);
        if (const auto* paid = std::get_if<RecordInstalment>(&command->deed)) {
            instalments.emplace(command->loan_id, paid->reference);
        } else if (std::holds_alternative<AccrueSubsidy>(command->deed)) {
            accruing.insert(command->loan_id);
        }
    }
    const std::set<std::string> to_grant = FindReferred(transaction, Uuids(granted));
    ApplicationSteps::Wanted wanted{
        .ids = {}, .moving = FindLent(transaction, Uuids(accruing)), .ending = {}};
    wanted.moving.insert(to_grant.begin(), to_grant.end());
    steps_.Lock(transaction, wanted);
    if (!granted.empty()) LoadGrants(transaction, granted, to_grant);
    for (Loan& loan : LockLoans(transaction, Uuids(loans))) loans_.AddLoaded(std::move(loan));
    instalments_.Load(transaction, instalments);
    instalments_.LoadAll(transaction, accruing);
}

void LoanUnitOfWork::LoadGrants(postgres::Transaction& transaction,
                                const std::set<std::string>& referral_ids,
                                const std::set<std::string>& application_ids) {
    const std::set<std::string> agreements = FindAgreements(transaction, Uuids(referral_ids));
    for (Agreement& agreement : HoldAgreements(transaction, Uuids(agreements))) {
        agreements_.AddLoaded(std::move(agreement));
    }
    for (Referral& referral : LockReferrals(transaction, Uuids(referral_ids))) {
        referrals_.AddLoaded(std::move(referral));
    }
    doubled_ = FindDoubled(transaction, application_ids);
}

command::Outcome LoanUnitOfWork::Handle(const Pending& pending, Time now) {
    return std::visit([&](const auto& deed) { return Run(deed, pending, now); },
                      pending.command.deed);
}

command::Outcome LoanUnitOfWork::Run(const GrantLoan& deed, const Pending& pending, Time now) {
    static const Application nobody{};
    static const Agreement nothing{};
    static const Referral none{};
    const Referral* referral = referrals_.Find(deed.referral_id);
    const bool is_reached =
        referral != nullptr && (pending.caller.Reaches(referral->applicant.region_code) ||
                                IsOfPartner(pending.caller, referral->partner_id));
    if (!is_reached) referral = &none;
    const Application* application = steps_.Find(referral->application_id);
    const Agreement* agreement = agreements_.Find(referral->agreement_id);
    const Result<LoanEvent> event =
        Decide(deed, pending.command.loan_id,
               {.referral = *referral,
                .application = application == nullptr ? nobody : *application,
                .agreement = agreement == nullptr ? nothing : *agreement,
                .now = now});
    if (!event) return std::unexpected(event.error());
    const std::string id = referral->application_id;
    if (doubled_.contains(id)) return Doubled();
    if (const Result<void> posted = Post(id, *event, pending, now); !posted) {
        return std::unexpected(posted.error());
    }
    const auto take = [&](const auto& command) {
        const Result<void> taken = steps_.Take(id, command, pending, now);
        if (!taken) throw std::logic_error("a step of a loan: " + taken.error().reason);
    };
    take(SchedulePayment{.payment_reference = ReferenceOf(id)});
    take(ConfirmPayment{});
    return AnswerTo(deed, Record(*event, pending));
}

command::Outcome LoanUnitOfWork::Run(const RecordInstalment& deed, const Pending& pending,
                                     Time now) {
    const Loan before = Reached(pending);
    const bool is_of_file = pending.command.is_of_file;
    const Result<std::optional<LoanEvent>> event =
        Decide(before, deed, instalments_.Find({before.id, deed.reference}), now);
    if (!event) return std::unexpected(event.error());
    if (!*event) return is_of_file ? ToResult(before, false) : AnswerTo(deed, before);
    const Loan& after = Record(**event, pending);
    instalments_.Add(after, std::get<InstalmentPaid>(**event), pending.caller.subject);
    return is_of_file ? ToResult(after, true) : AnswerTo(deed, after);
}

command::Outcome LoanUnitOfWork::Run(const DeclareDefault& deed, const Pending& pending, Time now) {
    const Loan before = Reached(pending);
    if (const Result<void> fresh = CheckVersion(pending, before); !fresh) {
        return std::unexpected(fresh.error());
    }
    const Result<LoanEvent> event = Decide(before, deed, now);
    if (!event) return std::unexpected(event.error());
    return AnswerTo(deed, Record(*event, pending));
}

command::Outcome LoanUnitOfWork::Run(const AccrueSubsidy& deed, const Pending& pending, Time now) {
    const Loan before = Reached(pending);
    if (const Result<void> fresh = CheckVersion(pending, before); !fresh) {
        return std::unexpected(fresh.error());
    }
    const Result<LoanEvent> event = Decide(before, deed, instalments_.Of(before.id));
    if (!event) return std::unexpected(event.error());
    if (const Result<void> posted = Post(before.application_id, *event, pending, now); !posted) {
        return std::unexpected(posted.error());
    }
    const Loan& after = Record(*event, pending);
    subsidies_.Add(after, std::get<SubsidyAccrued>(*event));
    return "";
}

Result<void> LoanUnitOfWork::CheckVersion(const Pending& pending, const Loan& loan) const {
    const auto& expected = pending.command.expected_version;
    if (!loan.Exists() || !expected || *expected == loan.version) return {};
    return Refused(ErrorCode::kAborted, "ETAG_STALE", "the loan has changed since it was read");
}

Loan LoanUnitOfWork::Reached(const Pending& pending) const {
    const Loan* loan = loans_.Find(pending.command.loan_id);
    const bool is_there = loan != nullptr && (pending.caller.Reaches(loan->applicant.region_code) ||
                                              IsOfPartner(pending.caller, loan->partner_id));
    return is_there ? *loan : Loan{};
}

Result<void> LoanUnitOfWork::Post(const std::string& application_id, const LoanEvent& event,
                                  const Pending& pending, Time now) {
    for (const PostingOrder& order : PostingsOf(event)) {
        Result<void> posted = steps_.Post(application_id, order, pending, now);
        if (!posted) return posted;
    }
    return {};
}

const Loan& LoanUnitOfWork::Record(const LoanEvent& event, const Pending& pending) {
    Loan& loan = loans_[pending.command.loan_id];
    loan = Apply(loan, event);
    const PublicEvent out = ToPublic(loan, event);
    outbox_.Add({.aggregate_type = kLoanAggregate,
                 .aggregate_id = loan.id,
                 .version = loan.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = pending.traceparent});
    return loan;
}

void LoanUnitOfWork::Save(postgres::Transaction& transaction) {
    steps_.Save(transaction);
    SaveLoans(transaction, loans_);
    instalments_.Save(transaction);
    subsidies_.Save(transaction);
    outbox_.Save(transaction);
}

}  // namespace bangkit::aid
