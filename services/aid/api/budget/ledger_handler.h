#pragma once

#include <string_view>

#include "bangkit/aid/v1/ledger_service.grpc.pb.h"
#include "services/aid/api/budget/ledger_checks.h"
#include "services/aid/api/program/program_handler.h"
#include "services/aid/storage/budget/ledger_queries.h"

namespace bangkit::aid {

/// What the handler uses; all of it outlives the server.
struct LedgerContext {
    const rpc::Calls& calls;
    ProgramLoop& loop;
    const LedgerQueries& queries;
    const ProgramQueries& programs;
    const LedgerChecks& checks;
    const crypto::KeyRing& keys;
};

/// Commands go to the loop of programmes, reads run in the pool of Calls.
class LedgerHandler final : public v1::LedgerService::CallbackService {
public:
    explicit LedgerHandler(const LedgerContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* AllocateBudget(grpc::CallbackServerContext* context,
                                             const v1::AllocateBudgetRequest* request,
                                             v1::AllocateBudgetResponse* response) override;
    grpc::ServerUnaryReactor* ReviseBudget(grpc::CallbackServerContext* context,
                                           const v1::ReviseBudgetRequest* request,
                                           v1::ReviseBudgetResponse* response) override;
    grpc::ServerUnaryReactor* GetBudget(grpc::CallbackServerContext* context,
                                        const v1::GetBudgetRequest* request,
                                        v1::GetBudgetResponse* response) override;
    grpc::ServerUnaryReactor* ListBudgets(grpc::CallbackServerContext* context,
                                          const v1::ListBudgetsRequest* request,
                                          v1::ListBudgetsResponse* response) override;
    grpc::ServerUnaryReactor* GetStatement(grpc::CallbackServerContext* context,
                                           const v1::GetStatementRequest* request,
                                           v1::GetStatementResponse* response) override;
    grpc::ServerUnaryReactor* RecountBudget(grpc::CallbackServerContext* context,
                                            const v1::RecountBudgetRequest* request,
                                            v1::RecountBudgetResponse* response) override;

private:
    Result<v1::GetBudgetResponse> Get(const rpc::Call& call,
                                      const v1::GetBudgetRequest& request) const;
    Result<v1::ListBudgetsResponse> List(const rpc::Call& call,
                                         const v1::ListBudgetsRequest& request) const;
    Result<v1::GetStatementResponse> Statement(const rpc::Call& call,
                                               const v1::GetStatementRequest& request) const;
    Result<v1::RecountBudgetResponse> Recount(const rpc::Call& call,
                                              const v1::RecountBudgetRequest& request) const;

    const LedgerContext context_;
    const command::CommandCalls<ProgramUnitOfWork> commands_{context_.calls, context_.loop,
                                                             context_.keys};
};

}  // namespace bangkit::aid
