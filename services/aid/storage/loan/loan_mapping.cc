#include "services/aid/storage/loan/loan_mapping.h"

#include "bangkit/aid/v1/loan_events.pb.h"
#include "bangkit/aid/v1/loan_service.pb.h"
#include "libs/indonesia/format.h"

namespace bangkit::aid {
namespace {

using common::v1::AidInstrument;

void FillStatistics(v1::LoanStatistics& out, const Loan& loan) {
    out.set_application_id(loan.application_id);
    out.set_program_id(loan.program_id);
    out.set_business_id(loan.applicant.business_id);
    out.set_owner_id(loan.applicant.owner_id);
    out.set_region_code(loan.applicant.region_code);
    out.set_agreement_id(loan.agreement_id);
    out.set_instrument(As<AidInstrument>(loan.instrument));
    out.set_state(As<v1::LoanState>(loan.state));
    out.set_principal_rupiah(loan.principal);
    out.set_repaid_rupiah(loan.repaid);
    out.set_budget_id(loan.budget_id);
    out.set_subsidy_rupiah(loan.subsidy);
    out.set_subsidy_reserved_rupiah(loan.subsidy_reserved);
    if (loan.requested_at) Fill(*out.mutable_requested_at(), *loan.requested_at);
    Fill(*out.mutable_granted_at(), loan.granted_at);
    if (loan.repaid_at) Fill(*out.mutable_repaid_at(), *loan.repaid_at);
    if (loan.defaulted_at) Fill(*out.mutable_defaulted_at(), *loan.defaulted_at);
}

/// The public message of an event of the domain.
template <typename Event>
struct MessageOf;
// clang-format off
template <> struct MessageOf<LoanGranted> { using Type = v1::LoanGranted; };
template <> struct MessageOf<InstalmentPaid> { using Type = v1::InstalmentPaid; };
template <> struct MessageOf<LoanDefaulted> { using Type = v1::LoanDefaulted; };
template <> struct MessageOf<SubsidyAccrued> { using Type = v1::SubsidyAccrued; };
// clang-format on

// What a message says besides the statistics.
void FillRest(v1::LoanGranted&, const LoanGranted&) {}
void FillRest(v1::LoanDefaulted&, const LoanDefaulted&) {}
void FillRest(v1::InstalmentPaid& out, const InstalmentPaid& event) {
    out.set_amount_rupiah(event.amount);
}
void FillRest(v1::SubsidyAccrued& out, const SubsidyAccrued& event) {
    out.set_month(event.month);
    out.set_amount_rupiah(event.amount);
    out.set_released_rupiah(event.released);
}

template <typename Response>
std::string Answer(const Loan& loan) {
    Response response;
    Fill(*response.mutable_loan(), loan);
    response.set_position(PositionOf(kLoanAggregate, loan.id, loan.version));
    return response.SerializeAsString();
}

}  // namespace

void Fill(v1::Loan& out, const Loan& loan) {
    out.set_loan_id(loan.id);
    out.set_version(loan.version);
    out.set_etag(EtagOf(loan.version));
    out.set_application_id(loan.application_id);
    out.set_referral_id(loan.referral_id);
    out.set_agreement_id(loan.agreement_id);
    out.set_partner_id(loan.partner_id);
    out.set_program_id(loan.program_id);
    out.set_business_id(loan.applicant.business_id);
    out.set_owner_id(loan.applicant.owner_id);
    out.set_region_code(loan.applicant.region_code);
    out.set_instrument(As<AidInstrument>(loan.instrument));
    out.set_state(As<v1::LoanState>(loan.state));
    out.set_contract_number(loan.contract_number);
    out.set_principal_rupiah(loan.principal);
    out.set_repaid_rupiah(loan.repaid);
    out.set_months(loan.months);
    out.set_yearly_rate_basis_points(loan.yearly_rate);
    out.set_disbursed_on(indonesia::FormatDate(loan.disbursed_on));
    out.set_budget_id(loan.budget_id);
    out.set_subsidy_rupiah(loan.subsidy);
    out.set_subsidy_reserved_rupiah(loan.subsidy_reserved);
    out.set_subsidised_months(loan.subsidised_months);
    Fill(*out.mutable_granted_at(), loan.granted_at);
    Fill(*out.mutable_updated_at(), loan.updated_at);
    if (loan.defaulted_on) out.set_defaulted_on(indonesia::FormatDate(*loan.defaulted_on));
}

std::string AnswerTo(const GrantLoan&, const Loan& loan) {
    return Answer<v1::GrantLoanResponse>(loan);
}
std::string AnswerTo(const RecordInstalment&, const Loan& loan) {
    return Answer<v1::RecordInstalmentResponse>(loan);
}
std::string AnswerTo(const DeclareDefault&, const Loan& loan) {
    return Answer<v1::DeclareDefaultResponse>(loan);
}

std::string ToResult(const Loan& loan, bool is_changed) {
    v1::InstalmentResult result;
    Fill(*result.mutable_loan(), loan);
    result.set_is_changed(is_changed);
    return result.SerializeAsString();
}

PublicEvent ToPublic(const Loan& loan, const LoanEvent& event) {
    return std::visit(
        [&]<typename Event>(const Event& happened) {
            typename MessageOf<Event>::Type out;
            out.set_loan_id(loan.id);
            FillStatistics(*out.mutable_statistics(), loan);
            Fill(*out.mutable_occurred_at(), happened.at);
            FillRest(out, happened);
            return PublicEvent{out.GetDescriptor()->full_name(), out.SerializeAsString()};
        },
        event);
}

}  // namespace bangkit::aid
