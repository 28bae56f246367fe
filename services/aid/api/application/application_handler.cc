#include "services/aid/api/application/application_handler.h"

#include <algorithm>

#include "libs/crypto/signed_token.h"
#include "libs/grpc/paging.h"
#include "libs/status/status.h"
#include "services/aid/storage/application/application_mapping.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kStart = "bangkit.aid.v1.ApplicationService/StartApplication";
constexpr std::string_view kState = "bangkit.aid.v1.ApplicationService/StateFacts";
constexpr std::string_view kSubmit = "bangkit.aid.v1.ApplicationService/SubmitApplication";
constexpr std::string_view kCheckDocuments = "bangkit.aid.v1.ApplicationService/CheckDocuments";
constexpr std::string_view kSurvey = "bangkit.aid.v1.ApplicationService/RecordSurvey";
constexpr std::string_view kReturn = "bangkit.aid.v1.ApplicationService/ReturnApplication";
constexpr std::string_view kApprove = "bangkit.aid.v1.ApplicationService/ApproveApplication";
constexpr std::string_view kBatchApprove =
    "bangkit.aid.v1.ApplicationService/BatchApproveApplications";
constexpr std::string_view kReject = "bangkit.aid.v1.ApplicationService/RejectApplication";
constexpr std::string_view kWithdraw = "bangkit.aid.v1.ApplicationService/WithdrawApplication";
constexpr std::string_view kCancel = "bangkit.aid.v1.ApplicationService/CancelApplication";
constexpr std::string_view kGet = "bangkit.aid.v1.ApplicationService/GetApplication";
constexpr std::string_view kList = "bangkit.aid.v1.ApplicationService/ListApplications";
constexpr std::string_view kSurveys = "bangkit.aid.v1.ApplicationService/ListSurveys";

v1::BatchApproveApplicationsResponse ToBatchResponse(const std::string& request_id,
                                                     const command::Outcome& outcome) {
    v1::BatchApproveApplicationsResponse response;
    response.set_request_id(request_id);
    if (outcome) {
        response.mutable_approved()->ParseFromString(*outcome);
    } else {
        *response.mutable_error() = status::ToProto(outcome.error());
    }
    return response;
}

}  // namespace

template <typename Request, typename Response>
grpc::ServerUnaryReactor* ApplicationHandler::Submit(grpc::CallbackServerContext* context,
                                                     std::string_view method,
                                                     const Request& request,
                                                     Response* response) const {
    return commands_.Unary(context, method, request, response, [this](const Request& each) {
        return Check(each, context_.clock.Now());
    });
}

grpc::ServerUnaryReactor* ApplicationHandler::StartApplication(
    grpc::CallbackServerContext* context, const v1::StartApplicationRequest* request,
    v1::StartApplicationResponse* response) {
    return context_.calls.Unary(
        context, kStart, response,
        [&](const rpc::Call& call, const rpc::Reply<v1::StartApplicationResponse>& reply) {
            const Result<CheckedApplication> checked = Check(*request, context_.clock.Now());
            if (!checked) return reply(std::unexpected(checked.error()));
            Start(std::make_shared<const Starting>(Starting{.call = call,
                                                            .token = rpc::TokenOf(*context),
                                                            .request = *request,
                                                            .reply = reply}),
                  *checked);
        });
}

void ApplicationHandler::Start(const std::shared_ptr<const Starting>& starting,
                               const CheckedApplication& checked) const {
    commands_.Submit(
        starting->call, kStart, starting->request, Result<CheckedApplication>(checked),
        Lane::kInteractive, [this, starting, checked](const command::Outcome& outcome) {
            if (!outcome && outcome.error().reason == kBusinessUnknown) {
                return AskFirst(starting, checked);
            }
            starting->reply(command::ToResponse<v1::StartApplicationResponse>(outcome));
        });
}

void ApplicationHandler::AskFirst(const std::shared_ptr<const Starting>& starting,
                                  const CheckedApplication& checked) const {
    context_.registry.Find(
        starting->request.business_id(),
        {.token = starting->token,
         .traceparent = starting->call.traceparent,
         .deadline = starting->call.deadline},
        [this, starting, known = checked](Result<Business> found) mutable {
            if (!found) return starting->reply(std::unexpected(std::move(found.error())));
            known.command.registered = *std::move(found);
            Start(starting, known);
        });
}

grpc::ServerUnaryReactor* ApplicationHandler::StateFacts(grpc::CallbackServerContext* context,
                                                         const v1::StateFactsRequest* request,
                                                         v1::StateFactsResponse* response) {
    return Submit(context, kState, *request, response);
}

grpc::ServerUnaryReactor* ApplicationHandler::SubmitApplication(
    grpc::CallbackServerContext* context, const v1::SubmitApplicationRequest* request,
    v1::SubmitApplicationResponse* response) {
    return Submit(context, kSubmit, *request, response);
}

grpc::ServerUnaryReactor* ApplicationHandler::CheckDocuments(
    grpc::CallbackServerContext* context, const v1::CheckDocumentsRequest* request,
    v1::CheckDocumentsResponse* response) {
    return Submit(context, kCheckDocuments, *request, response);
}

grpc::ServerUnaryReactor* ApplicationHandler::RecordSurvey(grpc::CallbackServerContext* context,
                                                           const v1::RecordSurveyRequest* request,
                                                           v1::RecordSurveyResponse* response) {
    return Submit(context, kSurvey, *request, response);
}

grpc::ServerUnaryReactor* ApplicationHandler::ReturnApplication(
    grpc::CallbackServerContext* context, const v1::ReturnApplicationRequest* request,
    v1::ReturnApplicationResponse* response) {
    return Submit(context, kReturn, *request, response);
}

grpc::ServerUnaryReactor* ApplicationHandler::ApproveApplication(
    grpc::CallbackServerContext* context, const v1::ApproveApplicationRequest* request,
    v1::ApproveApplicationResponse* response) {
    return Submit(context, kApprove, *request, response);
}

grpc::ServerBidiReactor<v1::BatchApproveApplicationsRequest, v1::BatchApproveApplicationsResponse>*
ApplicationHandler::BatchApproveApplications(grpc::CallbackServerContext* context) {
    using Request = v1::BatchApproveApplicationsRequest;
    using Response = v1::BatchApproveApplicationsResponse;
    return context_.calls.Stream<Request, Response>(
        context, kBatchApprove, [this](const rpc::Call& call) {
            return std::make_unique<rpc::OneLinePerMessage<Request, Response>>(
                [this, call](const Request& request, rpc::Line<Response> line) {
                    const v1::ApproveApplicationRequest& approval = request.approval();
                    commands_.Submit(call, kApprove, approval,
                                     Check(approval, context_.clock.Now()), Lane::kBulk,
                                     [line = std::move(line),
                                      id = approval.request_id()](const command::Outcome& outcome) {
                                         line.Answer(ToBatchResponse(id, outcome));
                                     });
                });
        });
}

grpc::ServerUnaryReactor* ApplicationHandler::RejectApplication(
    grpc::CallbackServerContext* context, const v1::RejectApplicationRequest* request,
    v1::RejectApplicationResponse* response) {
    return Submit(context, kReject, *request, response);
}

grpc::ServerUnaryReactor* ApplicationHandler::WithdrawApplication(
    grpc::CallbackServerContext* context, const v1::WithdrawApplicationRequest* request,
    v1::WithdrawApplicationResponse* response) {
    return Submit(context, kWithdraw, *request, response);
}

grpc::ServerUnaryReactor* ApplicationHandler::CancelApplication(
    grpc::CallbackServerContext* context, const v1::CancelApplicationRequest* request,
    v1::CancelApplicationResponse* response) {
    return Submit(context, kCancel, *request, response);
}

grpc::ServerUnaryReactor* ApplicationHandler::GetApplication(
    grpc::CallbackServerContext* context, const v1::GetApplicationRequest* request,
    v1::GetApplicationResponse* response) {
    return context_.calls.Read(
        context, kGet, request, response,
        [this](const rpc::Call& call, const v1::GetApplicationRequest& wanted) {
            return Get(call, wanted);
        });
}

Result<v1::GetApplicationResponse> ApplicationHandler::Get(
    const rpc::Call& call, const v1::GetApplicationRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("application_id", request.application_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<Application> found = context_.queries.Find(ViewerOf(call), id);
    if (!found) {
        return Refused(ErrorCode::kNotFound, "APPLICATION_NOT_FOUND", "no such application");
    }
    v1::GetApplicationResponse response;
    Fill(*response.mutable_application(), *found);
    return response;
}

grpc::ServerUnaryReactor* ApplicationHandler::ListApplications(
    grpc::CallbackServerContext* context, const v1::ListApplicationsRequest* request,
    v1::ListApplicationsResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListApplicationsRequest& wanted) {
            return List(call, wanted);
        });
}

Result<v1::ListApplicationsResponse> ApplicationHandler::List(
    const rpc::Call& call, const v1::ListApplicationsRequest& request) const {
    rpc::FieldChecker fields;
    const ApplicationFilter filter{
        .program_id = fields.Uuid("program_id", request.program_id(), rpc::Presence::kOptional),
        .region_code = request.region_code(),
        .state = FilterOf<ApplicationState>(fields, "state", request.state())};
    if (!filter.region_code.empty() && context_.regions.Find(filter.region_code) == nullptr) {
        fields.Refuse("region_code", "REGION_UNKNOWN", "must be the code of a region");
    }
    const std::int32_t size = rpc::PageSize(fields, request.page_size());
    const std::string label = rpc::PageLabel(request, call);
    std::string after(kBeforeAll);
    if (!request.page_token().empty()) {
        const auto id = crypto::OpenToken(context_.keys, label, request.page_token());
        if (!id) fields.Refuse("page_token", "PAGE_TOKEN_INVALID", "is not of this list");
        after = id.value_or(after);
    }
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::vector<Application> found =
        context_.queries.List(ViewerOf(call), filter, after, std::int64_t{size} + 1);
    v1::ListApplicationsResponse response;
    const auto shown = std::min(found.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < shown; ++i) Fill(*response.add_applications(), found[i]);
    if (found.size() > shown) {  // There is more than this page.
        response.set_next_page_token(crypto::SignToken(context_.keys, label, found[shown - 1].id));
    }
    return response;
}

grpc::ServerUnaryReactor* ApplicationHandler::ListSurveys(grpc::CallbackServerContext* context,
                                                          const v1::ListSurveysRequest* request,
                                                          v1::ListSurveysResponse* response) {
    using Reply = rpc::Reply<v1::ListSurveysResponse>;
    return context_.calls.Unary(
        context, kSurveys, response, [&](const rpc::Call& call, const Reply& reply) {
            rpc::FieldChecker fields;
            ApplicationCommand command{
                .application_id = fields.Uuid("application_id", request->application_id()),
                .deed = InspectApplication{}};
            // Who looks is in the audit trail before anything is shown.
            commands_.Submit(
                call, kSurveys, *request, Done<ApplicationCommand>(fields, "", command),
                Lane::kInteractive,
                [this, call, reply, id = command.application_id](const command::Outcome& outcome) {
                    if (!outcome) return reply(std::unexpected(outcome.error()));
                    ShowSurveys(call, reply, id);
                });
        });
}

void ApplicationHandler::ShowSurveys(const rpc::Call& call,
                                     const rpc::Reply<v1::ListSurveysResponse>& reply,
                                     const std::string& application_id) const {
    context_.calls.ReadInPool(
        call, kSurveys, reply, [this, call, application_id] -> Result<v1::ListSurveysResponse> {
            v1::ListSurveysResponse response;
            for (v1::Survey& each : context_.documents.Surveys(ViewerOf(call), application_id)) {
                *response.add_surveys() = std::move(each);
            }
            return response;
        });
}

}  // namespace bangkit::aid
