#include "services/aid/api/nomination/nomination_handler.h"

#include <utility>

#include "services/aid/api/nomination/nomination_answers.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kState = "bangkit.aid.v1.NominationService/StateNomineeRecord";
constexpr std::string_view kOpen = "bangkit.aid.v1.NominationService/OpenNominationBatch";
constexpr std::string_view kAdd = "bangkit.aid.v1.NominationService/AddNominees";
constexpr std::string_view kSend = "bangkit.aid.v1.NominationService/SendNominationBatch";
constexpr std::string_view kOpenWindow = "bangkit.aid.v1.NominationService/OpenCorrectionWindow";
constexpr std::string_view kDecree = "bangkit.aid.v1.NominationService/RecordDecree";
constexpr std::string_view kWithdraw = "bangkit.aid.v1.NominationService/WithdrawNominee";
constexpr std::string_view kGet = "bangkit.aid.v1.NominationService/GetNominationBatch";
constexpr std::string_view kList = "bangkit.aid.v1.NominationService/ListNominationBatches";
constexpr std::string_view kListNominees = "bangkit.aid.v1.NominationService/ListNominees";
constexpr std::string_view kFunnel = "bangkit.aid.v1.NominationService/GetNominationFunnel";
constexpr std::string_view kDownload = "bangkit.aid.v1.NominationService/DownloadNominationFile";
constexpr std::string_view kUpload = "bangkit.aid.v1.NominationService/UploadNominationAnswers";

}  // namespace

template <typename Request, typename Response>
grpc::ServerUnaryReactor* NominationHandler::Submit(grpc::CallbackServerContext* context,
                                                    std::string_view method, const Request& request,
                                                    Response* response) const {
    return commands_.Unary(context, method, request, response,
                           [this](const Request& each) { return context_.checks.Check(each); });
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* NominationHandler::Read(grpc::CallbackServerContext* context,
                                                  std::string_view method, const Request* request,
                                                  Response* response) const {
    return context_.calls.Read(
        context, method, request, response,
        [this](const rpc::Call& call, const Request& wanted) { return Find(call, wanted); });
}

grpc::ServerUnaryReactor* NominationHandler::StateNomineeRecord(
    grpc::CallbackServerContext* context, const v1::StateNomineeRecordRequest* request,
    v1::StateNomineeRecordResponse* response) {
    return Submit(context, kState, *request, response);
}

grpc::ServerUnaryReactor* NominationHandler::OpenNominationBatch(
    grpc::CallbackServerContext* context, const v1::OpenNominationBatchRequest* request,
    v1::OpenNominationBatchResponse* response) {
    return Submit(context, kOpen, *request, response);
}

grpc::ServerUnaryReactor* NominationHandler::AddNominees(grpc::CallbackServerContext* context,
                                                         const v1::AddNomineesRequest* request,
                                                         v1::AddNomineesResponse* response) {
    return Submit(context, kAdd, *request, response);
}

grpc::ServerUnaryReactor* NominationHandler::SendNominationBatch(
    grpc::CallbackServerContext* context, const v1::SendNominationBatchRequest* request,
    v1::SendNominationBatchResponse* response) {
    return Submit(context, kSend, *request, response);
}

grpc::ServerUnaryReactor* NominationHandler::OpenCorrectionWindow(
    grpc::CallbackServerContext* context, const v1::OpenCorrectionWindowRequest* request,
    v1::OpenCorrectionWindowResponse* response) {
    return Submit(context, kOpenWindow, *request, response);
}

grpc::ServerUnaryReactor* NominationHandler::RecordDecree(grpc::CallbackServerContext* context,
                                                          const v1::RecordDecreeRequest* request,
                                                          v1::RecordDecreeResponse* response) {
    return Submit(context, kDecree, *request, response);
}

grpc::ServerUnaryReactor* NominationHandler::WithdrawNominee(
    grpc::CallbackServerContext* context, const v1::WithdrawNomineeRequest* request,
    v1::WithdrawNomineeResponse* response) {
    return Submit(context, kWithdraw, *request, response);
}

grpc::ServerUnaryReactor* NominationHandler::GetNominationBatch(
    grpc::CallbackServerContext* context, const v1::GetNominationBatchRequest* request,
    v1::GetNominationBatchResponse* response) {
    return Read(context, kGet, request, response);
}

grpc::ServerUnaryReactor* NominationHandler::ListNominationBatches(
    grpc::CallbackServerContext* context, const v1::ListNominationBatchesRequest* request,
    v1::ListNominationBatchesResponse* response) {
    return Read(context, kList, request, response);
}

grpc::ServerUnaryReactor* NominationHandler::ListNominees(grpc::CallbackServerContext* context,
                                                          const v1::ListNomineesRequest* request,
                                                          v1::ListNomineesResponse* response) {
    return Read(context, kListNominees, request, response);
}

grpc::ServerUnaryReactor* NominationHandler::GetNominationFunnel(
    grpc::CallbackServerContext* context, const v1::GetNominationFunnelRequest* request,
    v1::GetNominationFunnelResponse* response) {
    return Read(context, kFunnel, request, response);
}

grpc::ServerUnaryReactor* NominationHandler::DownloadNominationFile(
    grpc::CallbackServerContext* context, const v1::DownloadNominationFileRequest* request,
    v1::DownloadNominationFileResponse* response) {
    using Response = v1::DownloadNominationFileResponse;
    return context_.calls.Unary(
        context, kDownload, response, [&](const rpc::Call& call, rpc::Reply<Response> reply) {
            file_commands_.Submit(call, kDownload, *request, Check(call, *request),
                                  Lane::kInteractive,
                                  [reply = std::move(reply)](const command::Outcome& outcome) {
                                      reply(command::ToResponse<Response>(outcome));
                                  });
        });
}

grpc::ServerBidiReactor<v1::UploadNominationAnswersRequest, v1::UploadNominationAnswersResponse>*
NominationHandler::UploadNominationAnswers(grpc::CallbackServerContext* context) {
    using Request = v1::UploadNominationAnswersRequest;
    using Response = v1::UploadNominationAnswersResponse;
    return context_.calls.Stream<Request, Response>(
        context, kUpload, [this](const rpc::Call& call) {
            return std::make_unique<NominationAnswers>(
                Error{.code = ErrorCode::kNotFound,
                      .reason = "NOMINEE_NOT_FOUND",
                      .message = "nobody is nominated by it"},
                [this, call](NominationAnswer answer, auto done) {
                    NominationCommand command{.batch_id = {},
                                              .application_id = IdOf(answer.reference).value_or(""),
                                              .deed = TakeNominationAnswer{std::move(answer)}};
                    // Without a request id the request itself is not looked at.
                    Result<CheckedNomination> checked =
                        CheckedNomination{.request_id = {}, .command = std::move(command)};
                    commands_.Submit(call, kUpload, Request(), std::move(checked), Lane::kBulk,
                                     std::move(done));
                });
        });
}

}  // namespace bangkit::aid
