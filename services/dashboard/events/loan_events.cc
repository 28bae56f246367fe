#include "services/dashboard/events/loan_events.h"

#include "bangkit/aid/v1/loan_events.pb.h"
#include "bangkit/aid/v1/referral_events.pb.h"

namespace bangkit::dashboard {
namespace {

using namespace aid::v1;

Result<Measures> CountLoan(const LoanStatistics& loan) {
    Counter counter;
    counter.Check(loan.instrument(), common::v1::AidInstrument_IsValid, "the instrument");
    counter.Check(loan.state(), LoanState_IsValid, "the state");
    const int instrument = loan.instrument();
    counter.Add(Measure::kLoans, instrument, loan.state());
    counter.Add(Measure::kLoanPrincipal, instrument, loan.state(), loan.principal_rupiah());
    counter.Add(Measure::kLoanRepaid, instrument, 0, loan.repaid_rupiah());
    counter.Add(Measure::kLoanSubsidy, instrument, 0, loan.subsidy_rupiah());
    counter.Add(Measure::kLoanSubsidyReserved, instrument, 0, loan.subsidy_reserved_rupiah());
    if (loan.has_requested_at()) {
        counter.AddHours(Measure::kHoursToLoan, instrument, loan.requested_at(), loan.granted_at());
    }
    return counter.Done();
}

Result<Measures> CountReferral(const ReferralStatistics& referral) {
    Counter counter;
    counter.Check(referral.instrument(), common::v1::AidInstrument_IsValid, "the instrument");
    counter.Check(referral.state(), ReferralState_IsValid, "the state");
    const int instrument = referral.instrument();
    counter.Add(Measure::kReferrals, instrument, referral.state());
    if (instrument == common::v1::AID_INSTRUMENT_RESTRUCTURING_REFERRAL) {
        counter.Check(referral.form(), RestructuringForm_IsValid, "the form");
        counter.Add(Measure::kRestructurings, referral.form(), referral.state());
    }
    counter.Add(Measure::kReferralsSilent, instrument, 0, referral.silent());
    counter.Add(Measure::kReferralsEscalated, instrument, 0, referral.escalated());
    if (referral.has_answered_at()) {
        counter.AddHours(Measure::kHoursToReferralAnswer, instrument, referral.sent_at(),
                         referral.answered_at());
    }
    return counter.Done();
}

}  // namespace

MeasuredParsers LoanParsers() {
    return ParsersOf<CountLoan, LoanGranted, InstalmentPaid, LoanDefaulted, SubsidyAccrued>();
}

MeasuredParsers ReferralParsers() {
    return ParsersOf<CountReferral, ReferralSent, ReferralEscalated, ReferralGranted,
                     ReferralRefused, ReferralEnded>();
}

}  // namespace bangkit::dashboard
