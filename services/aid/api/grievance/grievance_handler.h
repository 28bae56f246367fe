#pragma once

#include "bangkit/aid/v1/grievance_service.grpc.pb.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "services/aid/api/grievance/grievance_checks.h"
#include "services/aid/api/grievance/public_filings.h"
#include "services/aid/storage/grievance/grievance_queries.h"
#include "services/aid/storage/grievance/grievance_unit_of_work.h"

namespace bangkit::aid {

using GrievanceLoop = command::CommandLoop<GrievanceUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct GrievanceHandlerContext {
    const rpc::Calls& calls;
    GrievanceLoop& loop;
    const GrievanceQueries& queries;
    const GrievanceChecks& checks;
    PublicFilings& public_filings;
    const crypto::KeyRing& keys;
};

/// Commands go to the loop, reads run in the pool of Calls.
class GrievanceHandler final : public v1::GrievanceService::CallbackService {
public:
    explicit GrievanceHandler(const GrievanceHandlerContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* FileGrievance(grpc::CallbackServerContext* context,
                                            const v1::FileGrievanceRequest* request,
                                            v1::FileGrievanceResponse* response) override;
    grpc::ServerUnaryReactor* AcceptGrievance(grpc::CallbackServerContext* context,
                                              const v1::AcceptGrievanceRequest* request,
                                              v1::AcceptGrievanceResponse* response) override;
    grpc::ServerUnaryReactor* AnswerGrievance(grpc::CallbackServerContext* context,
                                              const v1::AnswerGrievanceRequest* request,
                                              v1::AnswerGrievanceResponse* response) override;
    grpc::ServerUnaryReactor* CloseGrievance(grpc::CallbackServerContext* context,
                                             const v1::CloseGrievanceRequest* request,
                                             v1::CloseGrievanceResponse* response) override;
    grpc::ServerUnaryReactor* EvaluateGrievance(grpc::CallbackServerContext* context,
                                                const v1::EvaluateGrievanceRequest* request,
                                                v1::EvaluateGrievanceResponse* response) override;
    grpc::ServerUnaryReactor* GetGrievance(grpc::CallbackServerContext* context,
                                           const v1::GetGrievanceRequest* request,
                                           v1::GetGrievanceResponse* response) override;
    grpc::ServerUnaryReactor* ListGrievances(grpc::CallbackServerContext* context,
                                             const v1::ListGrievancesRequest* request,
                                             v1::ListGrievancesResponse* response) override;
    grpc::ServerUnaryReactor* RevealReporter(grpc::CallbackServerContext* context,
                                             const v1::RevealReporterRequest* request,
                                             v1::RevealReporterResponse* response) override;
    grpc::ServerUnaryReactor* FollowGrievance(grpc::CallbackServerContext* context,
                                              const v1::FollowGrievanceRequest* request,
                                              v1::FollowGrievanceResponse* response) override;
    grpc::ServerUnaryReactor* ReplyToAnswer(grpc::CallbackServerContext* context,
                                            const v1::ReplyToAnswerRequest* request,
                                            v1::ReplyToAnswerResponse* response) override;

private:
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context, std::string_view method,
                                     const Request& request, Response* response) const;
    /// RESOURCE_EXHAUSTED, TOO_MANY_GRIEVANCES: of those without an account.
    Result<CheckedGrievance> CheckFiling(const v1::FileGrievanceRequest& request,
                                         const rpc::Call& call) const;
    Result<v1::GetGrievanceResponse> Get(const rpc::Call& call,
                                         const v1::GetGrievanceRequest& request) const;
    Result<v1::ListGrievancesResponse> List(const rpc::Call& call,
                                            const v1::ListGrievancesRequest& request) const;
    Result<v1::FollowGrievanceResponse> Follow(const v1::FollowGrievanceRequest& request) const;

    const GrievanceHandlerContext context_;
    const command::CommandCalls<GrievanceUnitOfWork> commands_{context_.calls, context_.loop,
                                                               context_.keys};
};

}  // namespace bangkit::aid
