#include "services/aid/storage/payment/payment_unit_of_work.h"

#include <stdexcept>
#include <utility>

#include "bangkit/aid/v1/payment_service.pb.h"
#include "services/aid/domain/region.h"
#include "services/aid/storage/payment/payment_mapping.h"

namespace bangkit::aid {
namespace {

std::unexpected<Error> BatchNotFound() {
    return Refused(ErrorCode::kNotFound, "BATCH_NOT_FOUND", "no such batch of payments");
}

/// What came of an answer: not stored, for it has no request id.
std::string ToResult(const Payment& payment, bool is_changed) {
    v1::PaymentAnswerResult result;
    Fill(*result.mutable_payment(), payment);
    result.set_is_changed(is_changed);
    return result.SerializeAsString();
}

}  // namespace

std::string PaymentUnitOfWork::Target(const Command& command) {
    const auto* taken = std::get_if<TakeBankAnswer>(&command.deed);
    const bool is_of_one = taken != nullptr && !taken->answer.reference.empty();
    return is_of_one ? "payment/" + taken->answer.reference : "payment_batch/" + command.batch_id;
}

command::Outcome PaymentUnitOfWork::Handle(const Pending& pending, Time now) {
    return std::visit([&](const auto& deed) { return Run(deed, pending, now); },
                      pending.command.deed);
}

command::Outcome PaymentUnitOfWork::Run(const CreatePaymentBatch& deed, const Pending& pending,
                                        Time now) {
    const auto region = program_regions_.find(deed.program_id);
    const bool is_there =
        region != program_regions_.end() && pending.caller.Reaches(deed.region_code) &&
        (LiesIn(deed.region_code, region->second) || LiesIn(region->second, deed.region_code));
    if (!is_there) {
        return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
    }
    PaymentBatch batch{.id = pending.command.batch_id,
                       .program_id = deed.program_id,
                       .region_code = deed.region_code,
                       .payer = deed.payer,
                       .execute_on = deed.execute_on,
                       .made_by = {pending.caller.subject},
                       .created_at = now,
                       .decided_by = {},
                       .decided_at = {}};
    const Candidates& candidates = candidates_.at(batch.id);
    for (const std::string& id : candidates.applications) AddPayment(batch, id, pending, now);
    if (batch.payments == 0) {
        return Refused(ErrorCode::kFailedPrecondition, "NOTHING_TO_PAY",
                       "nothing is approved that has a bank account");
    }
    batches_.insert_or_assign(batch.id, batch);
    rows_.Create(batch);
    return CreatedAnswer(batch, candidates.without_account);
}

void PaymentUnitOfWork::AddPayment(PaymentBatch& batch, const std::string& application_id,
                                   const Pending& pending, Time now) {
    const Application* found = steps_.Find(application_id);
    if (found == nullptr) return;
    const Application& application = *found;
    std::vector<Payment>& attempts = payments_[application_id];
    const auto stated = accounts_.find(application.applicant.business_id);
    const bool can_be_paid = application.state == ApplicationState::kApproved &&
                             application.amount > 0 && stated != accounts_.end() &&
                             std::ssize(attempts) < kAttemptsMax;
    if (!can_be_paid) return;  // Any more.
    const crypto::Key* key = owner_keys_.Find(stated->second.owner_id);
    if (key == nullptr || stated->second.owner_id != application.applicant.owner_id) return;
    const auto account =
        OpenAccount(*key, application.applicant.business_id, stated->second.sealed);
    if (!account) throw std::runtime_error("a bank account cannot be opened");

    Payment payment;
    payment.reference = ReferenceOf(application_id);
    payment.attempt = static_cast<int>(attempts.size()) + 1;
    payment.application_id = application_id;
    payment.owner_id = application.applicant.owner_id;
    payment.batch_id = batch.id;
    payment.number = ++batch.payments;
    payment.amount = application.amount;
    batch.total += payment.amount;
    batch.made_by.insert(stated->second.stated_by);
    rows_.Create(payment, SealPayee(*key, payment.reference, payment.attempt, *account));
    attempts.push_back(std::move(payment));
    Step(PaymentStep::kSchedule, application_id, pending, now);
}

command::Outcome PaymentUnitOfWork::Run(const ReleasePaymentBatch&, const Pending& pending,
                                        Time now) {
    PaymentBatch* batch = Reached(pending);
    if (batch == nullptr) return BatchNotFound();
    Result<PaymentBatch> released = Release(*batch, pending.caller.subject, now);
    if (!released) return std::unexpected(released.error());
    if (outdated_.contains(batch->id)) {
        return Refused(ErrorCode::kFailedPrecondition, "BATCH_OUTDATED",
                       "somebody in the batch was paid, merged or erased since it was made");
    }
    *batch = *std::move(released);
    rows_.Decide(*batch);
    return ReleasedAnswer(*batch);
}

command::Outcome PaymentUnitOfWork::Run(const DissolvePaymentBatch&, const Pending& pending,
                                        Time now) {
    PaymentBatch* batch = Reached(pending);
    if (batch == nullptr) return BatchNotFound();
    Result<PaymentBatch> dissolved = Dissolve(*batch, pending.caller.subject, now);
    if (!dissolved) return std::unexpected(dissolved.error());
    *batch = *std::move(dissolved);
    rows_.Decide(*batch);
    for (auto& [application_id, attempts] : payments_) {
        Payment& payment = attempts.back();
        if (payment.batch_id != batch->id) continue;
        payment.state = PaymentState::kFailed;
        rows_.Change(payment);
        // Unless an earlier attempt was paid after all.
        if (steps_.Find(application_id)->state == ApplicationState::kScheduled) {
            Step(PaymentStep::kFail, application_id, pending, now);
        }
    }
    return DissolvedAnswer(*batch);
}

command::Outcome PaymentUnitOfWork::Run(const TakeBankAnswer& deed, const Pending& pending,
                                        Time now) {
    if (deed.answer.reference.empty()) return TakeOfFile(deed.answer, pending, now);
    Payment* payment = Find(deed.answer, pending);
    if (payment == nullptr) {
        return Refused(ErrorCode::kNotFound, "PAYMENT_NOT_FOUND", "no such payment");
    }
    return TakeOfPayment(*payment, deed.answer, pending, now);
}

command::Outcome PaymentUnitOfWork::TakeOfFile(const BankAnswer& answer, const Pending& pending,
                                               Time now) {
    const PaymentBatch* batch = Reached(pending);
    if (batch == nullptr) return BatchNotFound();
    command::Outcome first = ToResult({}, false);
    bool is_first = true;
    for (auto& [application_id, attempts] : payments_) {
        for (Payment& payment : attempts) {
            const bool waits =
                payment.state == PaymentState::kWaiting || payment.state == PaymentState::kAccepted;
            if (payment.batch_id != batch->id || !waits) continue;
            command::Outcome taken = TakeOfPayment(payment, answer, pending, now);
            if (!taken) return taken;  // The first one, for the same is wrong with all.
            if (std::exchange(is_first, false)) first = std::move(taken);
        }
    }
    return first;
}

command::Outcome PaymentUnitOfWork::TakeOfPayment(Payment& payment, const BankAnswer& answer,
                                                  const Pending& pending, Time now) {
    if (batches_.at(payment.batch_id).state != PaymentBatchState::kReleased) {
        return Refused(ErrorCode::kFailedPrecondition, "PAYMENT_NOT_SENT",
                       "the bank cannot know of this payment");
    }
    const ApplicationState state = steps_.Find(payment.application_id)->state;
    const Result<Settlement> settlement = Settle(payment, state, answer, now);
    if (!settlement) return std::unexpected(settlement.error());
    if (settlement->payment == payment) return ToResult(payment, false);
    for (const PaymentStep step : settlement->steps) {
        Step(step, payment.application_id, pending, now);
    }
    payment = settlement->payment;
    rows_.Change(payment);
    return ToResult(payment, true);
}

/// What Settle() says is done to an application that is as Settle() saw it.
void PaymentUnitOfWork::Step(PaymentStep step, const std::string& application_id,
                             const Pending& pending, Time now) {
    const auto take = [&](const auto& command) {
        const Result<void> taken = steps_.Take(application_id, command, pending, now);
        if (!taken) throw std::logic_error("a step of a payment: " + taken.error().reason);
    };
    switch (step) {
        case PaymentStep::kSchedule:
            return take(SchedulePayment{.payment_reference = ReferenceOf(application_id)});
        case PaymentStep::kConfirm: return take(ConfirmPayment{});
        case PaymentStep::kFail: return take(FailPayment{});
        case PaymentStep::kRefund: return take(RecordRefund{});
    }
    std::unreachable();
}

PaymentBatch* PaymentUnitOfWork::Reached(const Pending& pending) {
    const auto found = batches_.find(pending.command.batch_id);
    const bool is_there =
        found != batches_.end() && pending.caller.Reaches(found->second.region_code);
    return is_there ? &found->second : nullptr;
}

Payment* PaymentUnitOfWork::Find(const BankAnswer& answer, const Pending& pending) {
    const std::optional<std::string> application_id = IdOf(answer.reference);
    const auto found = payments_.find(application_id.value_or(""));
    if (found == payments_.end()) return nullptr;
    const Application* application = steps_.Find(*application_id);
    if (!pending.caller.Reaches(application->applicant.region_code)) return nullptr;
    Payment* latest = nullptr;
    for (auto payment = found->second.rbegin(); payment != found->second.rend(); ++payment) {
        const bool is_it = (answer.attempt == 0 || answer.attempt == payment->attempt) &&
                           (answer.batch_id.empty() || answer.batch_id == payment->batch_id);
        if (!is_it) continue;
        const bool is_sent = batches_.at(payment->batch_id).state == PaymentBatchState::kReleased;
        if (is_sent) return &*payment;
        if (latest == nullptr) latest = &*payment;
    }
    return latest;
}

void PaymentUnitOfWork::Save(postgres::Transaction& transaction) {
    steps_.Save(transaction);
    rows_.Save(transaction);
}

}  // namespace bangkit::aid
