#include "services/aid/api/grievance/grievance_handler.h"

#include <utility>

#include "libs/identity/policy.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kFile = "bangkit.aid.v1.GrievanceService/FileGrievance";
constexpr std::string_view kAccept = "bangkit.aid.v1.GrievanceService/AcceptGrievance";
constexpr std::string_view kAnswer = "bangkit.aid.v1.GrievanceService/AnswerGrievance";
constexpr std::string_view kClose = "bangkit.aid.v1.GrievanceService/CloseGrievance";
constexpr std::string_view kEvaluate = "bangkit.aid.v1.GrievanceService/EvaluateGrievance";
constexpr std::string_view kGet = "bangkit.aid.v1.GrievanceService/GetGrievance";
constexpr std::string_view kList = "bangkit.aid.v1.GrievanceService/ListGrievances";
constexpr std::string_view kReveal = "bangkit.aid.v1.GrievanceService/RevealReporter";
constexpr std::string_view kFollow = "bangkit.aid.v1.GrievanceService/FollowGrievance";
constexpr std::string_view kReply = "bangkit.aid.v1.GrievanceService/ReplyToAnswer";

}  // namespace

template <typename Request, typename Response>
grpc::ServerUnaryReactor* GrievanceHandler::Submit(grpc::CallbackServerContext* context,
                                                   std::string_view method, const Request& request,
                                                   Response* response) const {
    return commands_.Unary(context, method, request, response,
                           [this](const Request& each) { return context_.checks.Check(each); });
}

Result<CheckedGrievance> GrievanceHandler::CheckFiling(const v1::FileGrievanceRequest& request,
                                                       const rpc::Call& call) const {
    Result<CheckedGrievance> checked = context_.checks.Check(request, call);
    const bool has_account =
        call.scope != identity::Scope::kOwn || call.caller.HasRole(identity::role::kOwner);
    if (!checked || has_account || context_.public_filings.Take(request.region_code())) {
        return checked;
    }
    return Refused(ErrorCode::kResourceExhausted, "TOO_MANY_GRIEVANCES",
                   "too many grievances have come of this region; please try again later");
}

grpc::ServerUnaryReactor* GrievanceHandler::FileGrievance(grpc::CallbackServerContext* context,
                                                          const v1::FileGrievanceRequest* request,
                                                          v1::FileGrievanceResponse* response) {
    using Response = v1::FileGrievanceResponse;
    return context_.calls.Unary(
        context, kFile, response, [&](const rpc::Call& call, rpc::Reply<Response> reply) {
            commands_.Submit(call, kFile, *request, CheckFiling(*request, call), Lane::kInteractive,
                             [reply = std::move(reply)](const command::Outcome& outcome) {
                                 reply(command::ToResponse<Response>(outcome));
                             });
        });
}

grpc::ServerUnaryReactor* GrievanceHandler::AcceptGrievance(
    grpc::CallbackServerContext* context, const v1::AcceptGrievanceRequest* request,
    v1::AcceptGrievanceResponse* response) {
    return Submit(context, kAccept, *request, response);
}

grpc::ServerUnaryReactor* GrievanceHandler::AnswerGrievance(
    grpc::CallbackServerContext* context, const v1::AnswerGrievanceRequest* request,
    v1::AnswerGrievanceResponse* response) {
    return Submit(context, kAnswer, *request, response);
}

grpc::ServerUnaryReactor* GrievanceHandler::CloseGrievance(grpc::CallbackServerContext* context,
                                                           const v1::CloseGrievanceRequest* request,
                                                           v1::CloseGrievanceResponse* response) {
    return Submit(context, kClose, *request, response);
}

grpc::ServerUnaryReactor* GrievanceHandler::EvaluateGrievance(
    grpc::CallbackServerContext* context, const v1::EvaluateGrievanceRequest* request,
    v1::EvaluateGrievanceResponse* response) {
    return Submit(context, kEvaluate, *request, response);
}

grpc::ServerUnaryReactor* GrievanceHandler::GetGrievance(grpc::CallbackServerContext* context,
                                                         const v1::GetGrievanceRequest* request,
                                                         v1::GetGrievanceResponse* response) {
    return context_.calls.Read(
        context, kGet, request, response,
        [this](const rpc::Call& call, const v1::GetGrievanceRequest& wanted) {
            return Get(call, wanted);
        });
}

grpc::ServerUnaryReactor* GrievanceHandler::ListGrievances(grpc::CallbackServerContext* context,
                                                           const v1::ListGrievancesRequest* request,
                                                           v1::ListGrievancesResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListGrievancesRequest& wanted) {
            return List(call, wanted);
        });
}

grpc::ServerUnaryReactor* GrievanceHandler::RevealReporter(grpc::CallbackServerContext* context,
                                                           const v1::RevealReporterRequest* request,
                                                           v1::RevealReporterResponse* response) {
    return Submit(context, kReveal, *request, response);
}

grpc::ServerUnaryReactor* GrievanceHandler::FollowGrievance(
    grpc::CallbackServerContext* context, const v1::FollowGrievanceRequest* request,
    v1::FollowGrievanceResponse* response) {
    return context_.calls.Read(context, kFollow, request, response,
                               [this](const rpc::Call&, const v1::FollowGrievanceRequest& wanted) {
                                   return Follow(wanted);
                               });
}

grpc::ServerUnaryReactor* GrievanceHandler::ReplyToAnswer(grpc::CallbackServerContext* context,
                                                          const v1::ReplyToAnswerRequest* request,
                                                          v1::ReplyToAnswerResponse* response) {
    return Submit(context, kReply, *request, response);
}

}  // namespace bangkit::aid
