#include "services/registration/api/registration_handler.h"

#include "libs/status/status.h"
#include "services/registration/api/import.h"

namespace bangkit::registration {
namespace {

using command::Outcome;

constexpr std::string_view kRegister =
    "bangkit.registration.v1.RegistrationService/RegisterBusiness";
constexpr std::string_view kBatchRegister =
    "bangkit.registration.v1.RegistrationService/BatchRegisterBusinesses";
constexpr std::string_view kImport = "bangkit.registration.v1.RegistrationService/ImportBusinesses";
constexpr std::string_view kGet = "bangkit.registration.v1.RegistrationService/GetBusiness";
constexpr std::string_view kList = "bangkit.registration.v1.RegistrationService/ListBusinesses";
constexpr std::string_view kSearch = "bangkit.registration.v1.RegistrationService/SearchBusinesses";
constexpr std::string_view kUpgrades = "bangkit.registration.v1.RegistrationService/ListUpgrades";
constexpr std::string_view kRegionChange =
    "bangkit.registration.v1.RegistrationService/ApplyRegionChange";
constexpr std::string_view kHistory =
    "bangkit.registration.v1.RegistrationService/GetBusinessHistory";
constexpr std::string_view kReport = "bangkit.registration.v1.RegistrationService/ReportCondition";
constexpr std::string_view kUpdate = "bangkit.registration.v1.RegistrationService/UpdateBusiness";
constexpr std::string_view kVerify = "bangkit.registration.v1.RegistrationService/VerifyBusiness";
constexpr std::string_view kChangeMembers =
    "bangkit.registration.v1.RegistrationService/ChangeGroupMembers";
constexpr std::string_view kListMembers =
    "bangkit.registration.v1.RegistrationService/ListGroupMembers";
constexpr std::string_view kExport = "bangkit.registration.v1.RegistrationService/ExportBusinesses";

v1::BatchRegisterBusinessesResponse ToBatchResponse(const std::string& request_id,
                                                    const Outcome& outcome) {
    v1::BatchRegisterBusinessesResponse response;
    response.set_request_id(request_id);
    if (outcome) {
        response.mutable_registered()->ParseFromString(*outcome);
    } else {
        *response.mutable_error() = status::ToProto(outcome.error());
    }
    return response;
}

}  // namespace

template <typename Request, typename Response>
grpc::ServerUnaryReactor* RegistrationHandler::Submit(grpc::CallbackServerContext* context,
                                                      std::string_view method,
                                                      const Request& request,
                                                      Response* response) const {
    return commands_.Unary(context, method, request, response,
                           [this](const Request& each) { return context_.checks.Check(each); });
}

grpc::ServerUnaryReactor* RegistrationHandler::RegisterBusiness(
    grpc::CallbackServerContext* context, const v1::RegisterBusinessRequest* request,
    v1::RegisterBusinessResponse* response) {
    return Submit(context, kRegister, *request, response);
}

grpc::ServerUnaryReactor* RegistrationHandler::ReportCondition(
    grpc::CallbackServerContext* context, const v1::ReportConditionRequest* request,
    v1::ReportConditionResponse* response) {
    return Submit(context, kReport, *request, response);
}

grpc::ServerUnaryReactor* RegistrationHandler::UpdateBusiness(
    grpc::CallbackServerContext* context, const v1::UpdateBusinessRequest* request,
    v1::UpdateBusinessResponse* response) {
    return Submit(context, kUpdate, *request, response);
}

grpc::ServerUnaryReactor* RegistrationHandler::VerifyBusiness(
    grpc::CallbackServerContext* context, const v1::VerifyBusinessRequest* request,
    v1::VerifyBusinessResponse* response) {
    return Submit(context, kVerify, *request, response);
}

grpc::ServerUnaryReactor* RegistrationHandler::ApplyRegionChange(
    grpc::CallbackServerContext* context, const v1::ApplyRegionChangeRequest* request,
    v1::ApplyRegionChangeResponse* response) {
    return Submit(context, kRegionChange, *request, response);
}

grpc::ServerBidiReactor<v1::BatchRegisterBusinessesRequest, v1::BatchRegisterBusinessesResponse>*
RegistrationHandler::BatchRegisterBusinesses(grpc::CallbackServerContext* context) {
    using Request = v1::BatchRegisterBusinessesRequest;
    using Response = v1::BatchRegisterBusinessesResponse;
    return context_.calls.Stream<Request, Response>(
        context, kBatchRegister, [this](const rpc::Call& call) {
            return std::make_unique<rpc::OneLinePerMessage<Request, Response>>(
                [this, call](const Request& request, rpc::Line<Response> line) {
                    const v1::RegisterBusinessRequest& registration = request.registration();
                    commands_.Submit(
                        call, kRegister, registration, context_.checks.Check(registration),
                        Lane::kBulk,
                        [line = std::move(line), id = registration.request_id()](
                            const Outcome& outcome) { line.Answer(ToBatchResponse(id, outcome)); });
                });
        });
}

grpc::ServerBidiReactor<v1::ImportBusinessesRequest, v1::ImportBusinessesResponse>*
RegistrationHandler::ImportBusinesses(grpc::CallbackServerContext* context) {
    return context_.calls.Stream<v1::ImportBusinessesRequest, v1::ImportBusinessesResponse>(
        context, kImport, [this](const rpc::Call& call) {
            return MakeImport(
                context_.checks, context_.keys,
                [this, call](class RegisterBusiness row, Commands::Done done) {
                    // The row key makes it idempotent.
                    Result<Checked> checked(Checked{.request_id = {}, .command = std::move(row)});
                    commands_.Submit(call, kImport, v1::ImportBusinessesRequest(),
                                     std::move(checked), Lane::kBulk, std::move(done));
                });
        });
}

grpc::ServerUnaryReactor* RegistrationHandler::GetBusiness(grpc::CallbackServerContext* context,
                                                           const v1::GetBusinessRequest* request,
                                                           v1::GetBusinessResponse* response) {
    return context_.calls.Read(context, kGet, request, response,
                               [this](const rpc::Call& call, const v1::GetBusinessRequest& wanted) {
                                   return context_.reads.Get(call, wanted);
                               });
}

grpc::ServerUnaryReactor* RegistrationHandler::ListBusinesses(
    grpc::CallbackServerContext* context, const v1::ListBusinessesRequest* request,
    v1::ListBusinessesResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListBusinessesRequest& wanted) {
            return context_.reads.List(call, wanted);
        });
}

grpc::ServerUnaryReactor* RegistrationHandler::ChangeGroupMembers(
    grpc::CallbackServerContext* context, const v1::ChangeGroupMembersRequest* request,
    v1::ChangeGroupMembersResponse* response) {
    return Submit(context, kChangeMembers, *request, response);
}

grpc::ServerUnaryReactor* RegistrationHandler::ListGroupMembers(
    grpc::CallbackServerContext* context, const v1::ListGroupMembersRequest* request,
    v1::ListGroupMembersResponse* response) {
    return context_.calls.Read(
        context, kListMembers, request, response,
        [this](const rpc::Call& call, const v1::ListGroupMembersRequest& wanted) {
            return context_.group_reads.List(call, wanted);
        });
}

grpc::ServerUnaryReactor* RegistrationHandler::ExportBusinesses(
    grpc::CallbackServerContext* context, const v1::ExportBusinessesRequest* request,
    v1::ExportBusinessesResponse* response) {
    return context_.calls.Read(
        context, kExport, request, response,
        [this](const rpc::Call& call, const v1::ExportBusinessesRequest& wanted) {
            return context_.exports.Masked(call, wanted);
        });
}

grpc::ServerUnaryReactor* RegistrationHandler::SearchBusinesses(
    grpc::CallbackServerContext* context, const v1::SearchBusinessesRequest* request,
    v1::SearchBusinessesResponse* response) {
    return context_.calls.Read(
        context, kSearch, request, response,
        [this](const rpc::Call& call, const v1::SearchBusinessesRequest& wanted) {
            return context_.reads.Search(call, wanted);
        });
}

grpc::ServerUnaryReactor* RegistrationHandler::ListUpgrades(grpc::CallbackServerContext* context,
                                                            const v1::ListUpgradesRequest* request,
                                                            v1::ListUpgradesResponse* response) {
    return context_.calls.Read(
        context, kUpgrades, request, response,
        [this](const rpc::Call& call, const v1::ListUpgradesRequest& wanted) {
            return context_.reads.Upgrades(call, wanted);
        });
}

grpc::ServerUnaryReactor* RegistrationHandler::GetBusinessHistory(
    grpc::CallbackServerContext* context, const v1::GetBusinessHistoryRequest* request,
    v1::GetBusinessHistoryResponse* response) {
    return context_.calls.Read(
        context, kHistory, request, response,
        [this](const rpc::Call& call, const v1::GetBusinessHistoryRequest& wanted) {
            return context_.reads.History(call, wanted);
        });
}

}  // namespace bangkit::registration
