#pragma once

#include "bangkit/registration/v1/duplicate_service.grpc.pb.h"
#include "libs/command/command_loop.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "libs/indonesia/regions.h"
#include "services/registration/storage/duplicate_queries.h"
#include "services/registration/storage/duplicate_unit_of_work.h"
#include "services/registration/storage/queries.h"

namespace bangkit::registration {

using DuplicateLoop = command::CommandLoop<DuplicateUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct DuplicateContext {
    const rpc::Calls& calls;
    DuplicateLoop& loop;
    const DuplicateQueries& duplicates;
    const Queries& businesses;
    const crypto::KeyRing& keys;
    const indonesia::RegionTree& regions;
    const Clock& clock;
};

class DuplicateHandler final : public v1::DuplicateService::CallbackService {
public:
    explicit DuplicateHandler(const DuplicateContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* ListDuplicates(grpc::CallbackServerContext* context,
                                             const v1::ListDuplicatesRequest* request,
                                             v1::ListDuplicatesResponse* response) override;
    grpc::ServerUnaryReactor* GetDuplicate(grpc::CallbackServerContext* context,
                                           const v1::GetDuplicateRequest* request,
                                           v1::GetDuplicateResponse* response) override;
    grpc::ServerUnaryReactor* AssignDuplicate(grpc::CallbackServerContext* context,
                                              const v1::AssignDuplicateRequest* request,
                                              v1::AssignDuplicateResponse* response) override;
    grpc::ServerUnaryReactor* ConfirmDuplicate(grpc::CallbackServerContext* context,
                                               const v1::ConfirmDuplicateRequest* request,
                                               v1::ConfirmDuplicateResponse* response) override;
    grpc::ServerUnaryReactor* RejectDuplicate(grpc::CallbackServerContext* context,
                                              const v1::RejectDuplicateRequest* request,
                                              v1::RejectDuplicateResponse* response) override;
    grpc::ServerUnaryReactor* MergeBusinesses(grpc::CallbackServerContext* context,
                                              const v1::MergeBusinessesRequest* request,
                                              v1::MergeBusinessesResponse* response) override;
    grpc::ServerUnaryReactor* UndoMerge(grpc::CallbackServerContext* context,
                                        const v1::UndoMergeRequest* request,
                                        v1::UndoMergeResponse* response) override;

private:
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context, std::string_view method,
                                     const Request& request, Response* response);
    Result<v1::ListDuplicatesResponse> List(const rpc::Call& call,
                                            const v1::ListDuplicatesRequest& request) const;
    Result<v1::GetDuplicateResponse> Get(const rpc::Call& call,
                                         const v1::GetDuplicateRequest& request) const;

    const DuplicateContext context_;
};

}  // namespace bangkit::registration
