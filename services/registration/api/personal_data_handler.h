#pragma once

#include "bangkit/registration/v1/personal_data_service.grpc.pb.h"
#include "libs/base/thread_pool.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "services/registration/api/exports.h"
#include "services/registration/storage/personal_data_queries.h"
#include "services/registration/storage/personal_data_unit_of_work.h"

namespace bangkit::registration {

using PersonalDataLoop = command::CommandLoop<PersonalDataUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct PersonalDataContext {
    const rpc::Calls& calls;
    PersonalDataLoop& loop;
    const PersonalDataQueries& queries;
    ThreadPool& pool;
    const crypto::KeyRing& keys;
    const Clock& clock;
    const Exports& exports;
};

/// What shows personal data goes the same way as what changes something: the command loop decides
/// and commits the audit entry; only then is the data read, and only the answer holds it.
class PersonalDataHandler final : public v1::PersonalDataService::CallbackService {
public:
    explicit PersonalDataHandler(const PersonalDataContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* RevealOwner(grpc::CallbackServerContext* context,
                                          const v1::RevealOwnerRequest* request,
                                          v1::RevealOwnerResponse* response) override;
    grpc::ServerUnaryReactor* FindByIdentity(grpc::CallbackServerContext* context,
                                             const v1::FindByIdentityRequest* request,
                                             v1::FindByIdentityResponse* response) override;
    grpc::ServerUnaryReactor* DiscloseBusinesses(grpc::CallbackServerContext* context,
                                                 const v1::DiscloseBusinessesRequest* request,
                                                 v1::DiscloseBusinessesResponse* response) override;
    grpc::ServerUnaryReactor* OpenSubjectRequest(grpc::CallbackServerContext* context,
                                                 const v1::OpenSubjectRequestRequest* request,
                                                 v1::OpenSubjectRequestResponse* response) override;
    grpc::ServerUnaryReactor* ListSubjectRequests(
        grpc::CallbackServerContext* context, const v1::ListSubjectRequestsRequest* request,
        v1::ListSubjectRequestsResponse* response) override;
    grpc::ServerUnaryReactor* EraseOwner(grpc::CallbackServerContext* context,
                                         const v1::EraseOwnerRequest* request,
                                         v1::EraseOwnerResponse* response) override;
    grpc::ServerBidiReactor<v1::ExportPersonalDataRequest, v1::ExportPersonalDataResponse>*
    ExportPersonalData(grpc::CallbackServerContext* context) override;
    grpc::ServerUnaryReactor* CloseSubjectRequest(
        grpc::CallbackServerContext* context, const v1::CloseSubjectRequestRequest* request,
        v1::CloseSubjectRequestResponse* response) override;
    grpc::ServerUnaryReactor* SetLegalHold(grpc::CallbackServerContext* context,
                                           const v1::SetLegalHoldRequest* request,
                                           v1::SetLegalHoldResponse* response) override;

private:
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context, std::string_view method,
                                     const Request& request, Response* response) const;

    /// The page is read twice: to know whose data is shown, and, when that is on record, to show
    /// it.
    Result<v1::DiscloseBusinessesResponse> Disclose(const rpc::Call& call,
                                                    const v1::DiscloseBusinessesRequest& request);
    Result<v1::ListSubjectRequestsResponse> List(const rpc::Call& call,
                                                 const v1::ListSubjectRequestsRequest& request);

    const PersonalDataContext context_;
    const command::CommandCalls<PersonalDataUnitOfWork> commands_{context_.calls, context_.loop,
                                                                  context_.keys};
};

}  // namespace bangkit::registration
