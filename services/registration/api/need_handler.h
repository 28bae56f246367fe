#pragma once

#include "bangkit/registration/v1/need_service.grpc.pb.h"
#include "libs/command/command_loop.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "services/registration/api/need_checks.h"
#include "services/registration/storage/need_queries.h"
#include "services/registration/storage/need_unit_of_work.h"

namespace bangkit::registration {

using NeedLoop = command::CommandLoop<NeedUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct NeedContext {
    const rpc::Calls& calls;
    NeedLoop& loop;
    const NeedQueries& queries;
    const crypto::KeyRing& keys;
    const NeedChecks& checks;
};

class NeedHandler final : public v1::NeedService::CallbackService {
public:
    explicit NeedHandler(const NeedContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* StateNeed(grpc::CallbackServerContext* context,
                                        const v1::StateNeedRequest* request,
                                        v1::StateNeedResponse* response) override;
    grpc::ServerUnaryReactor* GetNeed(grpc::CallbackServerContext* context,
                                      const v1::GetNeedRequest* request,
                                      v1::GetNeedResponse* response) override;
    grpc::ServerUnaryReactor* ListNeeds(grpc::CallbackServerContext* context,
                                        const v1::ListNeedsRequest* request,
                                        v1::ListNeedsResponse* response) override;
    grpc::ServerUnaryReactor* VerifyNeed(grpc::CallbackServerContext* context,
                                         const v1::VerifyNeedRequest* request,
                                         v1::VerifyNeedResponse* response) override;
    grpc::ServerUnaryReactor* AccommodateNeed(grpc::CallbackServerContext* context,
                                              const v1::AccommodateNeedRequest* request,
                                              v1::AccommodateNeedResponse* response) override;
    grpc::ServerUnaryReactor* DeclineNeed(grpc::CallbackServerContext* context,
                                          const v1::DeclineNeedRequest* request,
                                          v1::DeclineNeedResponse* response) override;

private:
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context, std::string_view method,
                                     const Request& request, Response* response);
    Result<v1::GetNeedResponse> Get(const rpc::Call& call, const v1::GetNeedRequest& request) const;
    Result<v1::ListNeedsResponse> List(const rpc::Call& call,
                                       const v1::ListNeedsRequest& request) const;

    const NeedContext context_;
};

}  // namespace bangkit::registration
