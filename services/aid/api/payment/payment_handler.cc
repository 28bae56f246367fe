#include "services/aid/api/payment/payment_handler.h"

#include <utility>

#include "services/aid/api/payment/payment_answers.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kStateAccount = "bangkit.aid.v1.PaymentService/StateBankAccount";
constexpr std::string_view kGetAccount = "bangkit.aid.v1.PaymentService/GetBankAccount";
constexpr std::string_view kCreate = "bangkit.aid.v1.PaymentService/CreatePaymentBatch";
constexpr std::string_view kRelease = "bangkit.aid.v1.PaymentService/ReleasePaymentBatch";
constexpr std::string_view kDissolve = "bangkit.aid.v1.PaymentService/DissolvePaymentBatch";
constexpr std::string_view kGet = "bangkit.aid.v1.PaymentService/GetPaymentBatch";
constexpr std::string_view kList = "bangkit.aid.v1.PaymentService/ListPaymentBatches";
constexpr std::string_view kListPayments = "bangkit.aid.v1.PaymentService/ListPayments";
constexpr std::string_view kDownload = "bangkit.aid.v1.PaymentService/DownloadPaymentFile";
constexpr std::string_view kUpload = "bangkit.aid.v1.PaymentService/UploadPaymentAnswers";

}  // namespace

grpc::ServerUnaryReactor* PaymentHandler::StateBankAccount(
    grpc::CallbackServerContext* context, const v1::StateBankAccountRequest* request,
    v1::StateBankAccountResponse* response) {
    return account_commands_.Unary(
        context, kStateAccount, *request, response,
        [this](const v1::StateBankAccountRequest& each) { return context_.checks.Check(each); });
}

grpc::ServerUnaryReactor* PaymentHandler::GetBankAccount(grpc::CallbackServerContext* context,
                                                         const v1::GetBankAccountRequest* request,
                                                         v1::GetBankAccountResponse* response) {
    return context_.calls.Read(
        context, kGetAccount, request, response,
        [this](const rpc::Call& call, const v1::GetBankAccountRequest& wanted) {
            return Get(call, wanted);
        });
}

grpc::ServerUnaryReactor* PaymentHandler::CreatePaymentBatch(
    grpc::CallbackServerContext* context, const v1::CreatePaymentBatchRequest* request,
    v1::CreatePaymentBatchResponse* response) {
    return commands_.Unary(
        context, kCreate, *request, response,
        [this](const v1::CreatePaymentBatchRequest& each) { return context_.checks.Check(each); });
}

grpc::ServerUnaryReactor* PaymentHandler::ReleasePaymentBatch(
    grpc::CallbackServerContext* context, const v1::ReleasePaymentBatchRequest* request,
    v1::ReleasePaymentBatchResponse* response) {
    return commands_.Unary(
        context, kRelease, *request, response,
        [this](const v1::ReleasePaymentBatchRequest& each) { return context_.checks.Check(each); });
}

grpc::ServerUnaryReactor* PaymentHandler::DissolvePaymentBatch(
    grpc::CallbackServerContext* context, const v1::DissolvePaymentBatchRequest* request,
    v1::DissolvePaymentBatchResponse* response) {
    return commands_.Unary(context, kDissolve, *request, response,
                           [this](const v1::DissolvePaymentBatchRequest& each) {
                               return context_.checks.Check(each);
                           });
}

grpc::ServerUnaryReactor* PaymentHandler::GetPaymentBatch(grpc::CallbackServerContext* context,
                                                          const v1::GetPaymentBatchRequest* request,
                                                          v1::GetPaymentBatchResponse* response) {
    return context_.calls.Read(
        context, kGet, request, response,
        [this](const rpc::Call& call, const v1::GetPaymentBatchRequest& wanted) {
            return Get(call, wanted);
        });
}

grpc::ServerUnaryReactor* PaymentHandler::ListPaymentBatches(
    grpc::CallbackServerContext* context, const v1::ListPaymentBatchesRequest* request,
    v1::ListPaymentBatchesResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListPaymentBatchesRequest& wanted) {
            return List(call, wanted);
        });
}

grpc::ServerUnaryReactor* PaymentHandler::ListPayments(grpc::CallbackServerContext* context,
                                                       const v1::ListPaymentsRequest* request,
                                                       v1::ListPaymentsResponse* response) {
    return context_.calls.Read(
        context, kListPayments, request, response,
        [this](const rpc::Call& call, const v1::ListPaymentsRequest& wanted) {
            return List(call, wanted);
        });
}

grpc::ServerUnaryReactor* PaymentHandler::DownloadPaymentFile(
    grpc::CallbackServerContext* context, const v1::DownloadPaymentFileRequest* request,
    v1::DownloadPaymentFileResponse* response) {
    using Response = v1::DownloadPaymentFileResponse;
    return context_.calls.Unary(
        context, kDownload, response, [&](const rpc::Call& call, rpc::Reply<Response> reply) {
            file_commands_.Submit(call, kDownload, *request, Check(call, *request),
                                  Lane::kInteractive,
                                  [reply = std::move(reply)](const command::Outcome& outcome) {
                                      reply(command::ToResponse<Response>(outcome));
                                  });
        });
}

grpc::ServerBidiReactor<v1::UploadPaymentAnswersRequest, v1::UploadPaymentAnswersResponse>*
PaymentHandler::UploadPaymentAnswers(grpc::CallbackServerContext* context) {
    using Request = v1::UploadPaymentAnswersRequest;
    using Response = v1::UploadPaymentAnswersResponse;
    return context_.calls.Stream<Request, Response>(
        context, kUpload, [this](const rpc::Call& call) {
            return std::make_unique<PaymentAnswers>(
                Error{.code = ErrorCode::kNotFound,
                      .reason = "PAYMENT_NOT_FOUND",
                      .message = "no such payment"},
                [this, call](BankAnswer answer, auto done) {
                    const bool is_of_file = answer.reference.empty();
                    PaymentCommand command{.batch_id = is_of_file ? answer.batch_id : "",
                                           .deed = TakeBankAnswer{std::move(answer)}};
                    // Without a request id the request itself is not looked at.
                    Result<CheckedPayment> checked =
                        CheckedPayment{.request_id = {}, .command = std::move(command)};
                    commands_.Submit(call, kUpload, Request(), std::move(checked), Lane::kBulk,
                                     std::move(done));
                });
        });
}

}  // namespace bangkit::aid
