#include "services/aid/domain/payment/payment.h"

#include <algorithm>
#include <utility>

#include "libs/base/ids.h"

namespace bangkit::aid {
namespace {

using enum PaymentState;
using Steps = std::vector<PaymentStep>;

/// How an answer leaves a payment; nullopt: it cannot be.
struct Turn {
    PaymentState state;
    Steps steps = {};
};

/// The bank refuses a second instruction of a reference: it has the first one.
bool IsRefusedAsSecond(const std::string& reason) {
    constexpr std::string_view kCodes[] = {"AM05", "DUPL", "DU01", "DU02", "DU03", "DU04", "DU05"};
    return std::ranges::find(kCodes, reason) != std::end(kCodes);
}

bool IsOpen(const Payment& payment) {
    return payment.state == kWaiting || payment.state == kAccepted;
}

/// What was said of an attempt before, and is said again, takes nothing back that was sent since.
bool MayBeOfAnEarlierOne(const Payment& payment, const BankAnswer& answer) {
    const bool says_which = answer.attempt > 0 || !answer.batch_id.empty();
    const bool takes_back =
        answer.kind == BankAnswerKind::kRejected || answer.kind == BankAnswerKind::kReturned;
    return payment.attempt > 1 && takes_back && !says_which;
}

std::optional<Turn> OnAccepted(const Payment& payment) {
    return Turn{payment.state == kWaiting ? kAccepted : payment.state};
}

std::optional<Turn> OnPaid(const Payment& payment, ApplicationState application) {
    using enum PaymentStep;
    if (payment.state == kPaid || payment.state == kReturned) return Turn{payment.state};
    if (application == ApplicationState::kScheduled) return Turn{kPaid, {kConfirm}};
    const bool was_failed = payment.state == kFailed && application == ApplicationState::kApproved;
    if (was_failed) return Turn{kPaid, {kSchedule, kConfirm}};
    return std::nullopt;  // Another attempt is paid, or nothing is reserved any more.
}

std::optional<Turn> OnRejected(const Payment& payment, ApplicationState application) {
    if (payment.state == kFailed) return Turn{kFailed};
    if (!IsOpen(payment)) return std::nullopt;
    const bool was_waited_for = application == ApplicationState::kScheduled;
    return Turn{kFailed, was_waited_for ? Steps{PaymentStep::kFail} : Steps{}};
}

std::optional<Turn> OnReturned(const Payment& payment, ApplicationState application) {
    using enum PaymentStep;
    if (payment.state == kReturned) return Turn{kReturned};
    if (payment.state == kFailed) return std::nullopt;  // What never went out does not come back.
    if (IsOpen(payment)) {                              // Nothing comes back that has not gone out.
        if (application != ApplicationState::kScheduled) return std::nullopt;
        return Turn{kReturned, {kConfirm, kRefund}};
    }
    const bool can_be_refunded =
        application == ApplicationState::kDisbursed || application == ApplicationState::kSupervised;
    if (can_be_refunded) return Turn{kReturned, {kRefund}};
    return std::nullopt;
}

std::optional<Turn> TurnOf(const Payment& payment, ApplicationState application,
                           const BankAnswer& answer) {
    switch (answer.kind) {
        case BankAnswerKind::kAccepted: return OnAccepted(payment);
        case BankAnswerKind::kPaid: return OnPaid(payment, application);
        case BankAnswerKind::kReturned: return OnReturned(payment, application);
        case BankAnswerKind::kRejected:
            return IsRefusedAsSecond(answer.reason) ? OnAccepted(payment)
                                                    : OnRejected(payment, application);
    }
    std::unreachable();
}

Result<PaymentBatch> Decided(PaymentBatch batch, PaymentBatchState state, const std::string& actor,
                             Time now) {
    if (batch.state != PaymentBatchState::kProposed) {
        return Refused(ErrorCode::kFailedPrecondition, "BATCH_DECIDED",
                       "the batch was released or dissolved before");
    }
    batch.state = state;
    batch.decided_by = actor;
    batch.decided_at = now;
    return batch;
}

}  // namespace

Result<PaymentBatch> Release(PaymentBatch batch, const std::string& actor, Time now) {
    if (batch.made_by.contains(actor)) {
        return Refused(ErrorCode::kPermissionDenied, "MAKER_IS_CHECKER",
                       "who made a batch or stated an account in it does not release it");
    }
    return Decided(std::move(batch), PaymentBatchState::kReleased, actor, now);
}

Result<PaymentBatch> Dissolve(PaymentBatch batch, const std::string& actor, Time now) {
    return Decided(std::move(batch), PaymentBatchState::kDissolved, actor, now);
}

std::string ReferenceOf(std::string_view id) {
    std::string reference(id);
    std::erase(reference, '-');
    return reference;
}

std::optional<std::string> IdOf(std::string_view reference) {
    constexpr std::size_t kSize = 32;
    if (reference.size() != kSize) return std::nullopt;
    std::string id(reference);
    for (const std::size_t dash : {8U, 13U, 18U, 23U}) id.insert(dash, 1, '-');
    std::optional<std::string> parsed = ParseUuid(id);
    if (parsed != id) return std::nullopt;  // In capitals it is not ours.
    return parsed;
}

Result<Settlement> Settle(const Payment& payment, ApplicationState application,
                          const BankAnswer& answer, Time now) {
    if (answer.amount && *answer.amount != payment.amount) {
        return Refused(ErrorCode::kFailedPrecondition, "AMOUNT_DIFFERS",
                       "the bank speaks of another amount");
    }
    const std::optional<Turn> turn = TurnOf(payment, application, answer);
    Settlement settlement{.payment = payment, .steps = {}};
    Payment& after = settlement.payment;
    if (!turn) {
        after.is_disputed = true;
    } else {
        after.state = turn->state;
        settlement.steps = turn->steps;
    }
    if (after == payment) return settlement;
    if (MayBeOfAnEarlierOne(payment, answer)) {
        return Refused(ErrorCode::kFailedPrecondition, "ATTEMPT_MISSING",
                       "the answer does not say of which attempt it is");
    }
    after.reason = answer.reason;
    after.answered_at = now;
    return settlement;
}

}  // namespace bangkit::aid
