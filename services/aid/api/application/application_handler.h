#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bangkit/aid/v1/application_service.grpc.pb.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "libs/indonesia/regions.h"
#include "services/aid/api/application/application_checks.h"
#include "services/aid/clients/business/registry.h"
#include "services/aid/storage/application/application_queries.h"
#include "services/aid/storage/document/document_queries.h"

namespace bangkit::aid {

using ApplicationLoop = command::CommandLoop<ApplicationUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct ApplicationContext {
    const rpc::Calls& calls;
    ApplicationLoop& loop;
    Registry& registry;
    const ApplicationQueries& queries;
    const DocumentQueries& documents;
    const indonesia::RegionTree& regions;
    const Clock& clock;
    const crypto::KeyRing& keys;
};

/// Commands go to the loop, reads run in the pool of Calls.
class ApplicationHandler final : public v1::ApplicationService::CallbackService {
public:
    explicit ApplicationHandler(const ApplicationContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* StartApplication(grpc::CallbackServerContext* context,
                                               const v1::StartApplicationRequest* request,
                                               v1::StartApplicationResponse* response) override;
    grpc::ServerUnaryReactor* StateFacts(grpc::CallbackServerContext* context,
                                         const v1::StateFactsRequest* request,
                                         v1::StateFactsResponse* response) override;
    grpc::ServerUnaryReactor* SubmitApplication(grpc::CallbackServerContext* context,
                                                const v1::SubmitApplicationRequest* request,
                                                v1::SubmitApplicationResponse* response) override;
    grpc::ServerUnaryReactor* CheckDocuments(grpc::CallbackServerContext* context,
                                             const v1::CheckDocumentsRequest* request,
                                             v1::CheckDocumentsResponse* response) override;
    grpc::ServerUnaryReactor* RecordSurvey(grpc::CallbackServerContext* context,
                                           const v1::RecordSurveyRequest* request,
                                           v1::RecordSurveyResponse* response) override;
    grpc::ServerUnaryReactor* ReturnApplication(grpc::CallbackServerContext* context,
                                                const v1::ReturnApplicationRequest* request,
                                                v1::ReturnApplicationResponse* response) override;
    grpc::ServerUnaryReactor* ApproveApplication(grpc::CallbackServerContext* context,
                                                 const v1::ApproveApplicationRequest* request,
                                                 v1::ApproveApplicationResponse* response) override;
    grpc::ServerBidiReactor<v1::BatchApproveApplicationsRequest,
                            v1::BatchApproveApplicationsResponse>*
    BatchApproveApplications(grpc::CallbackServerContext* context) override;
    grpc::ServerUnaryReactor* RejectApplication(grpc::CallbackServerContext* context,
                                                const v1::RejectApplicationRequest* request,
                                                v1::RejectApplicationResponse* response) override;
    grpc::ServerUnaryReactor* WithdrawApplication(
        grpc::CallbackServerContext* context, const v1::WithdrawApplicationRequest* request,
        v1::WithdrawApplicationResponse* response) override;
    grpc::ServerUnaryReactor* CancelApplication(grpc::CallbackServerContext* context,
                                                const v1::CancelApplicationRequest* request,
                                                v1::CancelApplicationResponse* response) override;
    grpc::ServerUnaryReactor* GetApplication(grpc::CallbackServerContext* context,
                                             const v1::GetApplicationRequest* request,
                                             v1::GetApplicationResponse* response) override;
    grpc::ServerUnaryReactor* ListApplications(grpc::CallbackServerContext* context,
                                               const v1::ListApplicationsRequest* request,
                                               v1::ListApplicationsResponse* response) override;
    grpc::ServerUnaryReactor* ListSurveys(grpc::CallbackServerContext* context,
                                          const v1::ListSurveysRequest* request,
                                          v1::ListSurveysResponse* response) override;

private:
    /// A call of StartApplication on its way.
    struct Starting {
        rpc::Call call;
        std::string token;
        v1::StartApplicationRequest request;
        rpc::Reply<v1::StartApplicationResponse> reply;
    };
    void Start(const std::shared_ptr<const Starting>& starting,
               const CheckedApplication& checked) const;
    /// Asks registration for the business; then once more.
    void AskFirst(const std::shared_ptr<const Starting>& starting,
                  const CheckedApplication& checked) const;

    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context, std::string_view method,
                                     const Request& request, Response* response) const;
    Result<v1::GetApplicationResponse> Get(const rpc::Call& call,
                                           const v1::GetApplicationRequest& request) const;
    void ShowSurveys(const rpc::Call& call, const rpc::Reply<v1::ListSurveysResponse>& reply,
                     const std::string& application_id) const;
    Result<v1::ListApplicationsResponse> List(const rpc::Call& call,
                                              const v1::ListApplicationsRequest& request) const;

    const ApplicationContext context_;
    const command::CommandCalls<ApplicationUnitOfWork> commands_{context_.calls, context_.loop,
                                                                 context_.keys};
};

}  // namespace bangkit::aid
