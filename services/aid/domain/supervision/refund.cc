#include "services/aid/domain/supervision/refund.h"

#include <utility>

#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

Result<void> CheckOpen(const RefundCase& refund) {
    if (!refund.Exists()) {
        return Refused(ErrorCode::kNotFound, "REFUND_NOT_FOUND", "no such case of a refund");
    }
    if (refund.state == RefundState::kOpen) return {};
    return Refused(ErrorCode::kFailedPrecondition, "REFUND_DECIDED",
                   "the case was settled or dropped before");
}

/// Loans are paid back anyway, and what others pay is given back to them.
bool IsRefundable(Instrument instrument) {
    return instrument == Instrument::kCashGrant || instrument == Instrument::kInKind;
}

void Fold(RefundCase& refund, const RefundCaseOpened& event) {
    refund.id = event.refund_id;
    refund.application_id = event.application_id;
    refund.program_id = event.program_id;
    refund.business_id = event.applicant.business_id;
    refund.region_code = event.applicant.region_code;
    refund.reason = event.reason;
    refund.claimed = event.claimed;
    refund.due_on = event.due_on;
    refund.opened_by = event.by;
    refund.opened_at = event.at;
}
void Fold(RefundCase& refund, const RepaymentRecorded& event) { refund.repaid += event.amount; }
void Fold(RefundCase& refund, const RefundCaseSettled& event) {
    refund.state = RefundState::kRepaid;
    refund.repaid += event.amount;
    refund.decided_by = event.by;
    refund.decided_at = event.at;
    refund.is_overdue = false;
}
void Fold(RefundCase& refund, const RefundCaseDropped& event) {
    refund.state = RefundState::kDropped;
    refund.decided_by = event.by;
    refund.decided_at = event.at;
    refund.is_overdue = false;
}
void Fold(RefundCase& refund, const RefundOverdue&) { refund.is_overdue = true; }

}  // namespace

Result<RefundEvent> Decide(const Application& application, Instrument instrument, bool has_open,
                           const OpenRefundCase& command, const std::string& actor, Time now) {
    if (!application.Exists()) {
        return Refused(ErrorCode::kNotFound, "APPLICATION_NOT_FOUND", "no such application");
    }
    if (!IsRefundable(instrument)) {
        return Refused(ErrorCode::kFailedPrecondition, "PROGRAM_NOT_REFUNDABLE",
                       "what the programme gives is not refunded here");
    }
    const bool was_given = application.state == ApplicationState::kDisbursed ||
                           application.state == ApplicationState::kSupervised;
    if (!was_given) {
        return Refused(ErrorCode::kFailedPrecondition, "APPLICATION_STATE_WRONG",
                       "the state of the application does not allow it");
    }
    if (has_open) {
        return Refused(ErrorCode::kFailedPrecondition, "REFUND_OPEN", "a refund is asked for");
    }
    if (command.due_on < indonesia::LocalDate(now)) {
        return Refused(ErrorCode::kFailedPrecondition, "DATE_IN_PAST", "the day is over");
    }
    return RefundCaseOpened{.refund_id = command.refund_id,
                            .application_id = application.id,
                            .program_id = application.program_id,
                            .applicant = application.applicant,
                            .reason = command.reason,
                            .claimed = application.amount,
                            .due_on = command.due_on,
                            .by = actor,
                            .at = now};
}

Result<RefundEvent> Decide(const RefundCase& refund, const RecordRepayment& command,
                           const std::string& actor, Time now) {
    if (const Result<void> open = CheckOpen(refund); !open) return std::unexpected(open.error());
    if (refund.claimed == 0) {
        return Refused(ErrorCode::kFailedPrecondition, "REFUND_OF_GOODS",
                       "goods have to come back, and no money");
    }
    if (command.amount > refund.claimed - refund.repaid) {
        return Refused(ErrorCode::kFailedPrecondition, "AMOUNT_TOO_HIGH", "less than that is owed");
    }
    if (command.amount == refund.claimed - refund.repaid) {
        return RefundCaseSettled{.amount = command.amount, .by = actor, .at = now};
    }
    return RepaymentRecorded{.amount = command.amount, .at = now};
}

Result<RefundEvent> Decide(const RefundCase& refund, const TakeBackGoods&, const std::string& actor,
                           Time now) {
    if (const Result<void> open = CheckOpen(refund); !open) return std::unexpected(open.error());
    if (refund.claimed > 0) {
        return Refused(ErrorCode::kFailedPrecondition, "REFUND_OF_MONEY",
                       "money has to come back, and no goods");
    }
    return RefundCaseSettled{.amount = 0, .by = actor, .at = now};
}

Result<RefundEvent> Decide(const RefundCase& refund, const DropRefundCase& command,
                           const std::string& actor, Time now) {
    if (const Result<void> open = CheckOpen(refund); !open) return std::unexpected(open.error());
    if (refund.opened_by == actor) {
        return Refused(ErrorCode::kPermissionDenied, "MAKER_IS_CHECKER",
                       "who opened a case does not drop it");
    }
    if (refund.repaid > 0 && !command.is_returned) {
        return Refused(ErrorCode::kFailedPrecondition, "REPAYMENT_BEGUN",
                       "some of it has come back");
    }
    return RefundCaseDropped{.by = actor, .at = now};
}

Result<RefundEvent> Decide(const RefundCase& refund, const ExpireRefund& command, Time now) {
    if (const Result<void> open = CheckOpen(refund); !open) return std::unexpected(open.error());
    if (refund.is_overdue) {
        return Refused(ErrorCode::kFailedPrecondition, "REFUND_OVERDUE", "that is known");
    }
    if (indonesia::LocalDate(command.now) <= refund.due_on) {
        return Refused(ErrorCode::kFailedPrecondition, "REFUND_PERIOD_RUNS",
                       "the last day for the refund is not over");
    }
    return RefundOverdue{.at = now};
}

RefundCase Apply(RefundCase refund, const RefundEvent& event) {
    std::visit(
        [&refund](const auto& happened) {
            Fold(refund, happened);
            refund.updated_at = happened.at;
        },
        event);
    ++refund.version;
    return refund;
}

}  // namespace bangkit::aid
