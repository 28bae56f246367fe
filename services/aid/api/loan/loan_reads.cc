// What LoanHandler reads.
#include <algorithm>
#include <utility>

#include "libs/grpc/paging.h"
#include "libs/indonesia/format.h"
#include "services/aid/api/loan/loan_handler.h"
#include "services/aid/api/pages.h"
#include "services/aid/api/region_field.h"
#include "services/aid/storage/loan/loan_mapping.h"

namespace bangkit::aid {
namespace {

std::unexpected<Error> LoanNotFound() {
    return Refused(ErrorCode::kNotFound, "LOAN_NOT_FOUND", "no such loan");
}

void Fill(v1::Instalment& out, const std::string& loan_id, const KeptInstalment& kept) {
    out.set_loan_id(loan_id);
    out.set_reference(kept.paid.reference);
    out.set_paid_on(indonesia::FormatDate(kept.paid.paid_on));
    out.set_amount_rupiah(kept.paid.amount);
    aid::Fill(*out.mutable_recorded_at(), kept.recorded_at);
}

void Fill(v1::SubsidyMonth& out, const std::string& loan_id, const SubsidyMonth& month) {
    out.set_loan_id(loan_id);
    out.set_month(month.month);
    out.set_from(indonesia::FormatDate(month.starts_on));
    out.set_until(indonesia::FormatDate(month.ends_on));
    out.set_base_rupiah(month.base);
    out.set_subsidy_rupiah(month.subsidy);
    aid::Fill(*out.mutable_accrued_at(), month.accrued_at);
}

}  // namespace

Result<v1::GetLoanResponse> LoanHandler::Get(const rpc::Call& call,
                                             const v1::GetLoanRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("loan_id", request.loan_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<Loan> found = context_.queries.Find(ViewerOf(call), id);
    if (!found) return LoanNotFound();
    v1::GetLoanResponse response;
    aid::Fill(*response.mutable_loan(), *found);
    return response;
}

Result<v1::ListLoansResponse> LoanHandler::List(const rpc::Call& call,
                                                const v1::ListLoansRequest& request) const {
    rpc::FieldChecker fields;
    const LoanFilter filter{
        .program_id = fields.Uuid("program_id", request.program_id(), rpc::Presence::kOptional),
        .region_code = request.region_code().empty()
                           ? ""
                           : RegionField(fields, context_.regions, request.region_code()),
        .state = FilterOf<LoanState>(fields, "state", request.state())};
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::string after =
        PageAfter(fields, context_.keys, label, request, std::string(kBeforeAll));
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::vector<Loan> found =
        context_.queries.List(ViewerOf(call), filter, after, std::int64_t{size} + 1);
    v1::ListLoansResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) aid::Fill(*response.add_loans(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        response.set_next_page_token(crypto::SignToken(context_.keys, label, found[shown - 1].id));
    }
    return response;
}

Result<v1::ListInstalmentsResponse> LoanHandler::List(
    const rpc::Call& call, const v1::ListInstalmentsRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("loan_id", request.loan_id());
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::int64_t after = PageAfterNumber(fields, context_.keys, label, request);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const auto found =
        context_.queries.Instalments(ViewerOf(call), id, after, std::int64_t{size} + 1);
    if (!found) return LoanNotFound();
    v1::ListInstalmentsResponse response;
    const auto shown = std::min(found->size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_instalments(), id, (*found)[i]);
    if (found->size() > shown) {  // There is more than this page.
        response.set_next_page_token(
            crypto::SignToken(context_.keys, label, std::to_string((*found)[shown - 1].version)));
    }
    return response;
}

Result<v1::ListSubsidyMonthsResponse> LoanHandler::List(
    const rpc::Call& call, const v1::ListSubsidyMonthsRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("loan_id", request.loan_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const auto found = context_.queries.Months(ViewerOf(call), id);
    if (!found) return LoanNotFound();
    v1::ListSubsidyMonthsResponse response;
    for (const SubsidyMonth& month : *found) Fill(*response.add_months(), id, month);
    return response;
}

}  // namespace bangkit::aid
