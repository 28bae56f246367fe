#pragma once

#include "bangkit/registration/v1/intake_service.grpc.pb.h"
#include "libs/command/command_loop.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "services/registration/api/intake_checks.h"
#include "services/registration/storage/intake_queries.h"
#include "services/registration/storage/intake_unit_of_work.h"

namespace bangkit::registration {

using IntakeLoop = command::CommandLoop<IntakeUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct IntakeContext {
    const rpc::Calls& calls;
    IntakeLoop& loop;
    const IntakeChecks& checks;
    const IntakeQueries& queries;
    const crypto::KeyRing& keys;
};

class IntakeHandler final : public v1::IntakeService::CallbackService {
public:
    explicit IntakeHandler(const IntakeContext& context) : context_(context) {}

    grpc::ServerBidiReactor<v1::SubmitIntakeRequest, v1::SubmitIntakeResponse>* SubmitIntake(
        grpc::CallbackServerContext* context) override;
    grpc::ServerUnaryReactor* ListIntakeConflicts(
        grpc::CallbackServerContext* context, const v1::ListIntakeConflictsRequest* request,
        v1::ListIntakeConflictsResponse* response) override;
    grpc::ServerUnaryReactor* ResolveIntakeConflict(
        grpc::CallbackServerContext* context, const v1::ResolveIntakeConflictRequest* request,
        v1::ResolveIntakeConflictResponse* response) override;

private:
    Result<v1::ListIntakeConflictsResponse> List(
        const rpc::Call& call, const v1::ListIntakeConflictsRequest& request) const;

    const IntakeContext context_;
};

}  // namespace bangkit::registration
