#pragma once

#include "bangkit/aid/v1/loan_service.grpc.pb.h"
#include "libs/base/clock.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "libs/indonesia/regions.h"
#include "services/aid/api/loan/loan_checks.h"
#include "services/aid/storage/loan/loan_queries.h"

namespace bangkit::aid {

using LoanLoop = command::CommandLoop<LoanUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct LoanContext {
    const rpc::Calls& calls;
    LoanLoop& loop;
    const LoanQueries& queries;
    const indonesia::RegionTree& regions;
    const Clock& clock;
    const crypto::KeyRing& keys;
};

/// Commands go to the loop, reads run in the pool of Calls.
class LoanHandler final : public v1::LoanService::CallbackService {
public:
    explicit LoanHandler(const LoanContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* GrantLoan(grpc::CallbackServerContext* context,
                                        const v1::GrantLoanRequest* request,
                                        v1::GrantLoanResponse* response) override;
    grpc::ServerUnaryReactor* RecordInstalment(grpc::CallbackServerContext* context,
                                               const v1::RecordInstalmentRequest* request,
                                               v1::RecordInstalmentResponse* response) override;
    grpc::ServerUnaryReactor* DeclareDefault(grpc::CallbackServerContext* context,
                                             const v1::DeclareDefaultRequest* request,
                                             v1::DeclareDefaultResponse* response) override;
    grpc::ServerUnaryReactor* GetLoan(grpc::CallbackServerContext* context,
                                      const v1::GetLoanRequest* request,
                                      v1::GetLoanResponse* response) override;
    grpc::ServerUnaryReactor* ListLoans(grpc::CallbackServerContext* context,
                                        const v1::ListLoansRequest* request,
                                        v1::ListLoansResponse* response) override;
    grpc::ServerUnaryReactor* ListInstalments(grpc::CallbackServerContext* context,
                                              const v1::ListInstalmentsRequest* request,
                                              v1::ListInstalmentsResponse* response) override;
    grpc::ServerUnaryReactor* ListSubsidyMonths(grpc::CallbackServerContext* context,
                                                const v1::ListSubsidyMonthsRequest* request,
                                                v1::ListSubsidyMonthsResponse* response) override;
    grpc::ServerBidiReactor<v1::UploadInstalmentsRequest, v1::UploadInstalmentsResponse>*
    UploadInstalments(grpc::CallbackServerContext* context) override;

private:
    Result<v1::GetLoanResponse> Get(const rpc::Call& call, const v1::GetLoanRequest& request) const;
    Result<v1::ListLoansResponse> List(const rpc::Call& call,
                                       const v1::ListLoansRequest& request) const;
    Result<v1::ListInstalmentsResponse> List(const rpc::Call& call,
                                             const v1::ListInstalmentsRequest& request) const;
    Result<v1::ListSubsidyMonthsResponse> List(const rpc::Call& call,
                                               const v1::ListSubsidyMonthsRequest& request) const;

    const LoanContext context_;
    const command::CommandCalls<LoanUnitOfWork> commands_{context_.calls, context_.loop,
                                                          context_.keys};
};

}  // namespace bangkit::aid
