#include "services/aid/domain/loan/loan.h"

#include <algorithm>
#include <utility>

#include "libs/indonesia/format.h"
#include "services/aid/domain/loan/interest.h"

namespace bangkit::aid {
namespace {

std::unexpected<Error> Refuse(std::string reason, std::string message) {
    return Refused(ErrorCode::kFailedPrecondition, std::move(reason), std::move(message));
}

Result<void> CheckGrant(const GrantLoan& command, const GrantContext& context) {
    const Referral& referral = context.referral;
    if (!referral.Exists()) {
        return Refused(ErrorCode::kNotFound, "REFERRAL_NOT_FOUND", "no such referral");
    }
    if (!IsLoan(referral.instrument) || referral.state != ReferralState::kGranted) {
        return Refuse("CHECK_NOT_PASSED", "the bank has not said that it lends");
    }
    if (context.application.state != ApplicationState::kApproved) {
        return Refuse("APPLICATION_STATE_WRONG", "the application is not approved");
    }
    if (command.principal > context.application.lent) {
        return Refuse("AMOUNT_TOO_HIGH", "that is more than was asked for");
    }
    if (command.months > context.agreement.months_max) {
        return Refuse("MONTHS_TOO_MANY", "the bank has not agreed to so many months");
    }
    if (command.disbursed_on < referral.answered_on) {
        return Refuse("DISBURSED_TOO_EARLY", "the bank had not checked it by then");
    }
    return {};
}

bool IsSame(const RecordInstalment& one, const RecordInstalment& other) {
    return one.paid_on == other.paid_on && one.amount == other.amount;
}

std::int64_t OwedAfter(const Loan& loan, Date day, const std::vector<RecordInstalment>& paid) {
    std::int64_t owed = loan.principal;
    for (const RecordInstalment& each : paid) {
        if (each.paid_on <= day) owed -= each.amount;
    }
    return owed;
}

/// Of what interest is paid in a month.
std::int64_t BaseOf(const Loan& loan, int month, const std::vector<RecordInstalment>& paid) {
    if (loan.defaulted_on && *loan.defaulted_on <= loan.StartOf(month)) return 0;
    return std::min(PlannedDebt(loan.principal, loan.months, month),
                    OwedAfter(loan, loan.StartOf(month), paid));
}

/// Of all months until this one.
std::int64_t InterestUntil(const Loan& loan, int month, const std::vector<RecordInstalment>& paid) {
    std::int64_t rupiah = 0, carry = 0;
    for (int each = 1; each <= month; ++each) {
        const Interest interest = InterestOf(BaseOf(loan, each, paid), loan.yearly_rate, carry);
        rupiah += interest.rupiah;
        carry = interest.carry;
    }
    return rupiah;
}

void Fold(Loan& loan, const LoanGranted& event) {
    const std::int64_t version = loan.version;
    loan = event.loan;
    loan.version = version;
}
void Fold(Loan& loan, const InstalmentPaid& event) {
    loan.repaid += event.amount;
    if (loan.Owed() > 0) return;
    loan.state = LoanState::kRepaid;
    loan.repaid_at = event.at;
}
void Fold(Loan& loan, const LoanDefaulted& event) {
    loan.state = LoanState::kDefaulted;
    loan.defaulted_on = event.on;
    loan.defaulted_at = event.at;
}
void Fold(Loan& loan, const SubsidyAccrued& event) {
    loan.subsidised_months = event.month;
    loan.subsidy += event.amount;
    loan.subsidy_reserved -= event.amount + event.released;
    loan.is_settled = event.is_last;
}

}  // namespace

Date Loan::StartOf(int month) const { return MonthsLater(disbursed_on, month - 1); }

std::optional<Time> Loan::DueAt() const {
    if (is_settled) return std::nullopt;
    return indonesia::EndOf(EndOf(subsidised_months + 1));
}

Result<LoanEvent> Decide(const GrantLoan& command, const std::string& loan_id,
                         const GrantContext& context) {
    if (const Result<void> may = CheckGrant(command, context); !may) {
        return std::unexpected(may.error());
    }
    const Referral& referral = context.referral;
    Loan granted;
    granted.id = loan_id;
    granted.application_id = referral.application_id;
    granted.referral_id = referral.id;
    granted.agreement_id = referral.agreement_id;
    granted.partner_id = referral.partner_id;
    granted.program_id = referral.program_id;
    granted.applicant = referral.applicant;
    granted.instrument = referral.instrument;
    granted.contract_number = command.contract_number;
    granted.principal = command.principal;
    granted.months = command.months;
    granted.yearly_rate = context.agreement.yearly_rate;
    granted.disbursed_on = command.disbursed_on;
    granted.budget_id = context.application.budget_id;
    granted.subsidy_reserved =
        PlannedInterest(command.principal, command.months, granted.yearly_rate);
    granted.is_settled = granted.yearly_rate == 0;
    granted.requested_at = context.application.submitted_at;
    granted.granted_at = context.now;
    granted.updated_at = context.now;
    return LoanGranted{.loan = std::move(granted), .at = context.now};
}

Result<std::optional<LoanEvent>> Decide(const Loan& loan, const RecordInstalment& command,
                                        const std::optional<RecordInstalment>& known, Time now) {
    if (!loan.Exists()) return Refused(ErrorCode::kNotFound, "LOAN_NOT_FOUND", "no such loan");
    if (known) {
        if (IsSame(*known, command)) return std::nullopt;
        return Refuse("INSTALMENT_DIFFERS", "the payment of this reference is known as another");
    }
    if (command.paid_on > indonesia::LocalDate(now)) {
        return Refuse("DATE_IN_FUTURE", "the day is not there yet");
    }
    if (command.paid_on < loan.disbursed_on) {
        return Refuse("INSTALMENT_TOO_EARLY", "the owner did not have the money by then");
    }
    if (command.amount > loan.Owed()) {
        return Refuse("INSTALMENT_TOO_HIGH", "that is more than is owed");
    }
    return InstalmentPaid{.reference = command.reference,
                          .paid_on = command.paid_on,
                          .amount = command.amount,
                          .at = now};
}

Result<LoanEvent> Decide(const Loan& loan, const DeclareDefault& command, Time now) {
    if (!loan.Exists()) return Refused(ErrorCode::kNotFound, "LOAN_NOT_FOUND", "no such loan");
    if (loan.state != LoanState::kRunning) {
        return Refuse("LOAN_NOT_RUNNING", "the loan is paid back or in default");
    }
    if (command.on > indonesia::LocalDate(now)) {
        return Refuse("DATE_IN_FUTURE", "the day is not there yet");
    }
    if (command.on < loan.disbursed_on) {
        return Refuse("DEFAULTED_TOO_EARLY", "the owner did not have the money by then");
    }
    return LoanDefaulted{.on = command.on, .at = now};
}

Result<LoanEvent> Decide(const Loan& loan, const AccrueSubsidy& command,
                         const std::vector<RecordInstalment>& paid) {
    if (!loan.Exists()) return Refused(ErrorCode::kNotFound, "LOAN_NOT_FOUND", "no such loan");
    const std::optional<Time> due_at = loan.DueAt();
    if (!due_at) return Refuse("SUBSIDY_SETTLED", "no more interest is paid for this loan");
    if (command.now < *due_at) return Refuse("MONTH_RUNS", "the month is not over");
    const int month = loan.subsidised_months + 1;
    SubsidyAccrued accrued;
    accrued.month = month;
    accrued.base = BaseOf(loan, month, paid);
    accrued.amount = std::max(InterestUntil(loan, month, paid) - loan.subsidy, std::int64_t{0});
    accrued.is_last = month == loan.months || BaseOf(loan, month + 1, paid) == 0;
    if (accrued.is_last) accrued.released = loan.subsidy_reserved - accrued.amount;
    accrued.at = command.now;
    return accrued;
}

Loan Apply(Loan loan, const LoanEvent& event) {
    std::visit(
        [&loan](const auto& happened) {
            Fold(loan, happened);
            loan.updated_at = happened.at;
        },
        event);
    ++loan.version;
    return loan;
}

std::vector<PostingOrder> PostingsOf(const LoanEvent& event) {
    if (const auto* granted = std::get_if<LoanGranted>(&event)) {
        return {
            {.kind = PostingKind::kSubsidyReservation, .amount = granted->loan.subsidy_reserved}};
    }
    const auto* accrued = std::get_if<SubsidyAccrued>(&event);
    if (accrued == nullptr) return {};
    std::vector<PostingOrder> orders{
        {.kind = PostingKind::kSubsidy, .amount = accrued->amount, .month = accrued->month}};
    if (accrued->is_last) {
        orders.push_back({.kind = PostingKind::kSubsidyRelease, .amount = accrued->released});
    }
    return orders;
}

}  // namespace bangkit::aid
