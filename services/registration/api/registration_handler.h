#pragma once

#include <string_view>

#include "bangkit/registration/v1/registration_service.grpc.pb.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "services/registration/api/checks.h"
#include "services/registration/api/exports.h"
#include "services/registration/api/group_reads.h"
#include "services/registration/api/reads.h"
#include "services/registration/storage/registration_unit_of_work.h"

namespace bangkit::registration {

using RegistrationLoop = command::CommandLoop<RegistrationUnitOfWork>;

/// What the handlers use; all of it outlives the server.
struct HandlerContext {
    const rpc::Calls& calls;
    RegistrationLoop& loop;
    const Reads& reads;
    const Exports& exports;
    const GroupReads& group_reads;
    const Checks& checks;
    const crypto::KeyRing& keys;
};

/// Commands go to the loop, reads run in the pool of Calls.
class RegistrationHandler final : public v1::RegistrationService::CallbackService {
public:
    explicit RegistrationHandler(const HandlerContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* RegisterBusiness(grpc::CallbackServerContext* context,
                                               const v1::RegisterBusinessRequest* request,
                                               v1::RegisterBusinessResponse* response) override;
    grpc::ServerBidiReactor<v1::BatchRegisterBusinessesRequest,
                            v1::BatchRegisterBusinessesResponse>*
    BatchRegisterBusinesses(grpc::CallbackServerContext* context) override;
    grpc::ServerBidiReactor<v1::ImportBusinessesRequest, v1::ImportBusinessesResponse>*
    ImportBusinesses(grpc::CallbackServerContext* context) override;
    grpc::ServerUnaryReactor* GetBusiness(grpc::CallbackServerContext* context,
                                          const v1::GetBusinessRequest* request,
                                          v1::GetBusinessResponse* response) override;
    grpc::ServerUnaryReactor* ListBusinesses(grpc::CallbackServerContext* context,
                                             const v1::ListBusinessesRequest* request,
                                             v1::ListBusinessesResponse* response) override;
    grpc::ServerUnaryReactor* SearchBusinesses(grpc::CallbackServerContext* context,
                                               const v1::SearchBusinessesRequest* request,
                                               v1::SearchBusinessesResponse* response) override;
    grpc::ServerUnaryReactor* ListUpgrades(grpc::CallbackServerContext* context,
                                           const v1::ListUpgradesRequest* request,
                                           v1::ListUpgradesResponse* response) override;
    grpc::ServerUnaryReactor* ApplyRegionChange(grpc::CallbackServerContext* context,
                                                const v1::ApplyRegionChangeRequest* request,
                                                v1::ApplyRegionChangeResponse* response) override;
    grpc::ServerUnaryReactor* ReportCondition(grpc::CallbackServerContext* context,
                                              const v1::ReportConditionRequest* request,
                                              v1::ReportConditionResponse* response) override;
    grpc::ServerUnaryReactor* UpdateBusiness(grpc::CallbackServerContext* context,
                                             const v1::UpdateBusinessRequest* request,
                                             v1::UpdateBusinessResponse* response) override;
    grpc::ServerUnaryReactor* VerifyBusiness(grpc::CallbackServerContext* context,
                                             const v1::VerifyBusinessRequest* request,
                                             v1::VerifyBusinessResponse* response) override;
    grpc::ServerUnaryReactor* ChangeGroupMembers(grpc::CallbackServerContext* context,
                                                 const v1::ChangeGroupMembersRequest* request,
                                                 v1::ChangeGroupMembersResponse* response) override;
    grpc::ServerUnaryReactor* ListGroupMembers(grpc::CallbackServerContext* context,
                                               const v1::ListGroupMembersRequest* request,
                                               v1::ListGroupMembersResponse* response) override;
    grpc::ServerUnaryReactor* ExportBusinesses(grpc::CallbackServerContext* context,
                                               const v1::ExportBusinessesRequest* request,
                                               v1::ExportBusinessesResponse* response) override;
    grpc::ServerUnaryReactor* GetBusinessHistory(grpc::CallbackServerContext* context,
                                                 const v1::GetBusinessHistoryRequest* request,
                                                 v1::GetBusinessHistoryResponse* response) override;

private:
    using Commands = command::CommandCalls<RegistrationUnitOfWork>;

    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context, std::string_view method,
                                     const Request& request, Response* response) const;

    const HandlerContext context_;
    const Commands commands_{context_.calls, context_.loop, context_.keys};
};

}  // namespace bangkit::registration
