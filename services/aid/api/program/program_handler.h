#pragma once

#include <string_view>

#include "bangkit/aid/v1/program_service.grpc.pb.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "services/aid/api/program/program_checks.h"
#include "services/aid/storage/program/program_queries.h"
#include "services/aid/storage/program/program_unit_of_work.h"

namespace bangkit::aid {

using ProgramLoop = command::CommandLoop<ProgramUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct ProgramContext {
    const rpc::Calls& calls;
    ProgramLoop& loop;
    const ProgramQueries& queries;
    const ProgramChecks& checks;
    const indonesia::RegionTree& regions;
    const crypto::KeyRing& keys;
};

/// Commands go to the loop, reads run in the pool of Calls.
class ProgramHandler final : public v1::ProgramService::CallbackService {
public:
    explicit ProgramHandler(const ProgramContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* CreateProgram(grpc::CallbackServerContext* context,
                                            const v1::CreateProgramRequest* request,
                                            v1::CreateProgramResponse* response) override;
    grpc::ServerUnaryReactor* ReplaceProgramRules(
        grpc::CallbackServerContext* context, const v1::ReplaceProgramRulesRequest* request,
        v1::ReplaceProgramRulesResponse* response) override;
    grpc::ServerUnaryReactor* OpenProgram(grpc::CallbackServerContext* context,
                                          const v1::OpenProgramRequest* request,
                                          v1::OpenProgramResponse* response) override;
    grpc::ServerUnaryReactor* PauseProgram(grpc::CallbackServerContext* context,
                                           const v1::PauseProgramRequest* request,
                                           v1::PauseProgramResponse* response) override;
    grpc::ServerUnaryReactor* CloseProgram(grpc::CallbackServerContext* context,
                                           const v1::CloseProgramRequest* request,
                                           v1::CloseProgramResponse* response) override;
    grpc::ServerUnaryReactor* SettleProgram(grpc::CallbackServerContext* context,
                                            const v1::SettleProgramRequest* request,
                                            v1::SettleProgramResponse* response) override;
    grpc::ServerUnaryReactor* GetProgram(grpc::CallbackServerContext* context,
                                         const v1::GetProgramRequest* request,
                                         v1::GetProgramResponse* response) override;
    grpc::ServerUnaryReactor* ListPrograms(grpc::CallbackServerContext* context,
                                           const v1::ListProgramsRequest* request,
                                           v1::ListProgramsResponse* response) override;
    grpc::ServerUnaryReactor* ListTemplates(grpc::CallbackServerContext* context,
                                            const v1::ListTemplatesRequest* request,
                                            v1::ListTemplatesResponse* response) override;

private:
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context, std::string_view method,
                                     const Request& request, Response* response) const;
    Result<v1::GetProgramResponse> Get(const rpc::Call& call,
                                       const v1::GetProgramRequest& request) const;
    Result<v1::ListProgramsResponse> List(const rpc::Call& call,
                                          const v1::ListProgramsRequest& request) const;

    const ProgramContext context_;
    const command::CommandCalls<ProgramUnitOfWork> commands_{context_.calls, context_.loop,
                                                             context_.keys};
};

}  // namespace bangkit::aid
