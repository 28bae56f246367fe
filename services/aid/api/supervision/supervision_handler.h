#pragma once

#include <string_view>

#include "bangkit/aid/v1/supervision_service.grpc.pb.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "services/aid/api/supervision/supervision_checks.h"
#include "services/aid/storage/supervision/supervision_queries.h"

namespace bangkit::aid {

using SupervisionLoop = command::CommandLoop<SupervisionUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct SupervisionContext {
    const rpc::Calls& calls;
    SupervisionLoop& loop;
    const SupervisionQueries& queries;
    const SupervisionChecks& checks;
    const indonesia::RegionTree& regions;
    const crypto::KeyRing& keys;
};

/// Commands go to the loop, reads run in the pool of Calls.
class SupervisionHandler final : public v1::SupervisionService::CallbackService {
public:
    explicit SupervisionHandler(const SupervisionContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* PlanVisit(grpc::CallbackServerContext* context,
                                        const v1::PlanVisitRequest* request,
                                        v1::PlanVisitResponse* response) override;
    grpc::ServerUnaryReactor* PlanVisits(grpc::CallbackServerContext* context,
                                         const v1::PlanVisitsRequest* request,
                                         v1::PlanVisitsResponse* response) override;
    grpc::ServerUnaryReactor* RecordVisit(grpc::CallbackServerContext* context,
                                          const v1::RecordVisitRequest* request,
                                          v1::RecordVisitResponse* response) override;
    grpc::ServerUnaryReactor* CancelVisit(grpc::CallbackServerContext* context,
                                          const v1::CancelVisitRequest* request,
                                          v1::CancelVisitResponse* response) override;
    grpc::ServerUnaryReactor* GetVisit(grpc::CallbackServerContext* context,
                                       const v1::GetVisitRequest* request,
                                       v1::GetVisitResponse* response) override;
    grpc::ServerUnaryReactor* ListVisits(grpc::CallbackServerContext* context,
                                         const v1::ListVisitsRequest* request,
                                         v1::ListVisitsResponse* response) override;
    grpc::ServerUnaryReactor* CloseApplication(grpc::CallbackServerContext* context,
                                               const v1::CloseApplicationRequest* request,
                                               v1::CloseApplicationResponse* response) override;
    grpc::ServerUnaryReactor* OpenRefundCase(grpc::CallbackServerContext* context,
                                             const v1::OpenRefundCaseRequest* request,
                                             v1::OpenRefundCaseResponse* response) override;
    grpc::ServerUnaryReactor* RecordRepayment(grpc::CallbackServerContext* context,
                                              const v1::RecordRepaymentRequest* request,
                                              v1::RecordRepaymentResponse* response) override;
    grpc::ServerUnaryReactor* TakeBackGoods(grpc::CallbackServerContext* context,
                                            const v1::TakeBackGoodsRequest* request,
                                            v1::TakeBackGoodsResponse* response) override;
    grpc::ServerUnaryReactor* DropRefundCase(grpc::CallbackServerContext* context,
                                             const v1::DropRefundCaseRequest* request,
                                             v1::DropRefundCaseResponse* response) override;
    grpc::ServerUnaryReactor* GetRefundCase(grpc::CallbackServerContext* context,
                                            const v1::GetRefundCaseRequest* request,
                                            v1::GetRefundCaseResponse* response) override;
    grpc::ServerUnaryReactor* ListRefundCases(grpc::CallbackServerContext* context,
                                              const v1::ListRefundCasesRequest* request,
                                              v1::ListRefundCasesResponse* response) override;

private:
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context, std::string_view method,
                                     const Request& request, Response* response) const;
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Read(grpc::CallbackServerContext* context, std::string_view method,
                                   const Request* request, Response* response) const;

    Result<v1::ListVisitsResponse> Get(const rpc::Call& call,
                                       const v1::ListVisitsRequest& request) const;
    Result<v1::GetRefundCaseResponse> Get(const rpc::Call& call,
                                          const v1::GetRefundCaseRequest& request) const;
    Result<v1::ListRefundCasesResponse> Get(const rpc::Call& call,
                                            const v1::ListRefundCasesRequest& request) const;
    Result<v1::GetVisitResponse> Show(const rpc::Call& call, const std::string& visit_id) const;

    const SupervisionContext context_;
    const command::CommandCalls<SupervisionUnitOfWork> commands_{context_.calls, context_.loop,
                                                                 context_.keys};
};

}  // namespace bangkit::aid
