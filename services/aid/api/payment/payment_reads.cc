// What PaymentHandler reads.
#include <algorithm>
#include <utility>

#include "libs/grpc/paging.h"
#include "services/aid/api/pages.h"
#include "services/aid/api/payment/payment_file.h"
#include "services/aid/api/payment/payment_handler.h"
#include "services/aid/storage/payment/payment_mapping.h"

namespace bangkit::aid {
namespace {

std::unexpected<Error> BatchNotFound() {
    return Refused(ErrorCode::kNotFound, "BATCH_NOT_FOUND", "no such batch of payments");
}

void Fill(v1::PaymentCounts& out, const PaymentCounts& counts) {
    out.set_waiting(counts.waiting);
    out.set_accepted(counts.accepted);
    out.set_paid(counts.paid);
    out.set_failed(counts.failed);
    out.set_returned(counts.returned);
    out.set_disputed(counts.disputed);
}

}  // namespace

Result<v1::GetBankAccountResponse> PaymentHandler::Get(
    const rpc::Call& call, const v1::GetBankAccountRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("business_id", request.business_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<BankAccount> found = context_.queries.FindAccount(ViewerOf(call), id);
    if (!found) {
        return Refused(ErrorCode::kNotFound, "BANK_ACCOUNT_NOT_FOUND", "no such bank account");
    }
    v1::GetBankAccountResponse response;
    aid::Fill(*response.mutable_account(), *found);
    return response;
}

Result<v1::GetPaymentBatchResponse> PaymentHandler::Get(
    const rpc::Call& call, const v1::GetPaymentBatchRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("batch_id", request.batch_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<CountedBatch> found = context_.queries.Find(ViewerOf(call), id);
    if (!found) return BatchNotFound();
    v1::GetPaymentBatchResponse response;
    aid::Fill(*response.mutable_batch(), found->batch);
    Fill(*response.mutable_counts(), found->counts);
    return response;
}

Result<v1::ListPaymentBatchesResponse> PaymentHandler::List(
    const rpc::Call& call, const v1::ListPaymentBatchesRequest& request) const {
    rpc::FieldChecker fields;
    const std::string program_id = fields.Uuid("program_id", request.program_id());
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::string before = PageAfter(fields, context_.keys, label, request, "");
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    if (!context_.programs.Find(ViewerOf(call), program_id)) {
        return Refused(ErrorCode::kNotFound, "PROGRAM_NOT_FOUND", "no such programme");
    }
    const std::vector<PaymentBatch> found =
        context_.queries.List(ViewerOf(call), program_id, before, std::int64_t{size} + 1);
    v1::ListPaymentBatchesResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) aid::Fill(*response.add_batches(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        response.set_next_page_token(crypto::SignToken(context_.keys, label, found[shown - 1].id));
    }
    return response;
}

Result<v1::ListPaymentsResponse> PaymentHandler::List(
    const rpc::Call& call, const v1::ListPaymentsRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("batch_id", request.batch_id());
    fields.Enum("state", request.state(), rpc::Presence::kOptional);
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    const std::int64_t after = PageAfterNumber(fields, context_.keys, label, request);
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    std::optional<PaymentState> state;
    if (request.state() != v1::PAYMENT_STATE_UNSPECIFIED) {
        state = As<PaymentState>(request.state());
    }
    const auto found =
        context_.queries.Payments(ViewerOf(call), id, state, after, std::int64_t{size} + 1);
    if (!found) return BatchNotFound();
    v1::ListPaymentsResponse response;
    const auto shown = std::min(found->size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) aid::Fill(*response.add_payments(), (*found)[i]);
    if (found->size() > shown) {  // There is more than this page.
        response.set_next_page_token(
            crypto::SignToken(context_.keys, label, std::to_string((*found)[shown - 1].number)));
    }
    return response;
}

Result<Checked<ReadPaymentFile>> PaymentHandler::Check(
    const rpc::Call& call, const v1::DownloadPaymentFileRequest& request) const {
    rpc::FieldChecker fields;
    const std::string label =
        request.GetDescriptor()->name() + "|" + call.caller.subject + "|" + request.batch_id();
    ReadPaymentFile command{
        .batch_id = fields.Uuid("batch_id", request.batch_id()),
        .after = PageAfterNumber(fields, context_.keys, label, request),
        .answer = [label, &keys = context_.keys](const PaymentFilePage& page) {
            v1::DownloadPaymentFileResponse response;
            response.set_content(ContentOf(page));
            if (!page.is_last) {
                response.set_next_page_token(crypto::SignToken(
                    keys, label, std::to_string(page.lines.back().payment.number)));
            }
            return response.SerializeAsString();
        }};
    return Done<ReadPaymentFile>(fields, {}, std::move(command));
}

}  // namespace bangkit::aid
