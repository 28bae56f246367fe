#include "services/aid/api/loan/loan_handler.h"

#include <memory>
#include <utility>

#include "services/aid/api/answer_stream.h"
#include "services/aid/api/loan/instalment_file.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kGrant = "bangkit.aid.v1.LoanService/GrantLoan";
constexpr std::string_view kRecord = "bangkit.aid.v1.LoanService/RecordInstalment";
constexpr std::string_view kDeclare = "bangkit.aid.v1.LoanService/DeclareDefault";
constexpr std::string_view kGet = "bangkit.aid.v1.LoanService/GetLoan";
constexpr std::string_view kList = "bangkit.aid.v1.LoanService/ListLoans";
constexpr std::string_view kListInstalments = "bangkit.aid.v1.LoanService/ListInstalments";
constexpr std::string_view kListMonths = "bangkit.aid.v1.LoanService/ListSubsidyMonths";
constexpr std::string_view kUpload = "bangkit.aid.v1.LoanService/UploadInstalments";

using ToldInstalments =
    AnswerStream<v1::UploadInstalmentsRequest, v1::UploadInstalmentsResponse, InstalmentFile>;

LoanCommand ToCommand(ToldInstalment told) {
    return {.loan_id = *IdOf(told.reference), .is_of_file = true, .deed = std::move(told.paid)};
}

}  // namespace

grpc::ServerUnaryReactor* LoanHandler::GrantLoan(grpc::CallbackServerContext* context,
                                                 const v1::GrantLoanRequest* request,
                                                 v1::GrantLoanResponse* response) {
    return commands_.Unary(
        context, kGrant, *request, response,
        [this](const v1::GrantLoanRequest& each) { return Check(each, context_.clock.Now()); });
}

grpc::ServerUnaryReactor* LoanHandler::RecordInstalment(grpc::CallbackServerContext* context,
                                                        const v1::RecordInstalmentRequest* request,
                                                        v1::RecordInstalmentResponse* response) {
    return commands_.Unary(context, kRecord, *request, response,
                           [this](const v1::RecordInstalmentRequest& each) {
                               return Check(each, context_.clock.Now());
                           });
}

grpc::ServerUnaryReactor* LoanHandler::DeclareDefault(grpc::CallbackServerContext* context,
                                                      const v1::DeclareDefaultRequest* request,
                                                      v1::DeclareDefaultResponse* response) {
    return commands_.Unary(context, kDeclare, *request, response,
                           [this](const v1::DeclareDefaultRequest& each) {
                               return Check(each, context_.clock.Now());
                           });
}

grpc::ServerUnaryReactor* LoanHandler::GetLoan(grpc::CallbackServerContext* context,
                                               const v1::GetLoanRequest* request,
                                               v1::GetLoanResponse* response) {
    return context_.calls.Read(context, kGet, request, response,
                               [this](const rpc::Call& call, const v1::GetLoanRequest& wanted) {
                                   return Get(call, wanted);
                               });
}

grpc::ServerUnaryReactor* LoanHandler::ListLoans(grpc::CallbackServerContext* context,
                                                 const v1::ListLoansRequest* request,
                                                 v1::ListLoansResponse* response) {
    return context_.calls.Read(context, kList, request, response,
                               [this](const rpc::Call& call, const v1::ListLoansRequest& wanted) {
                                   return List(call, wanted);
                               });
}

grpc::ServerUnaryReactor* LoanHandler::ListInstalments(grpc::CallbackServerContext* context,
                                                       const v1::ListInstalmentsRequest* request,
                                                       v1::ListInstalmentsResponse* response) {
    return context_.calls.Read(
        context, kListInstalments, request, response,
        [this](const rpc::Call& call, const v1::ListInstalmentsRequest& wanted) {
            return List(call, wanted);
        });
}

grpc::ServerUnaryReactor* LoanHandler::ListSubsidyMonths(
    grpc::CallbackServerContext* context, const v1::ListSubsidyMonthsRequest* request,
    v1::ListSubsidyMonthsResponse* response) {
    return context_.calls.Read(
        context, kListMonths, request, response,
        [this](const rpc::Call& call, const v1::ListSubsidyMonthsRequest& wanted) {
            return List(call, wanted);
        });
}

grpc::ServerBidiReactor<v1::UploadInstalmentsRequest, v1::UploadInstalmentsResponse>*
LoanHandler::UploadInstalments(grpc::CallbackServerContext* context) {
    using Request = v1::UploadInstalmentsRequest;
    using Response = v1::UploadInstalmentsResponse;
    return context_.calls.Stream<Request, Response>(
        context, kUpload, [this](const rpc::Call& call) {
            return std::make_unique<ToldInstalments>(
                Error{.code = ErrorCode::kNotFound,
                      .reason = "LOAN_NOT_FOUND",
                      .message = "no such loan"},
                [this, call](ToldInstalment told, auto done) {
                    // Without a request id the request itself is not looked at.
                    Result<CheckedLoan> checked =
                        CheckedLoan{.request_id = {}, .command = ToCommand(std::move(told))};
                    commands_.Submit(call, kUpload, Request(), std::move(checked), Lane::kBulk,
                                     std::move(done));
                });
        });
}

}  // namespace bangkit::aid
