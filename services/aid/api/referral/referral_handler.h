#pragma once

#include "bangkit/aid/v1/referral_service.grpc.pb.h"
#include "libs/base/clock.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "libs/indonesia/regions.h"
#include "services/aid/api/referral/referral_checks.h"
#include "services/aid/storage/program/program_queries.h"
#include "services/aid/storage/referral/referral_queries.h"

namespace bangkit::aid {

using ReferralLoop = command::CommandLoop<ReferralUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct ReferralContext {
    const rpc::Calls& calls;
    ReferralLoop& loop;
    const ReferralQueries& queries;
    const indonesia::RegionTree& regions;
    const Clock& clock;
    const crypto::KeyRing& keys;
};

/// Commands go to the loop, reads run in the pool of Calls.
class ReferralHandler final : public v1::ReferralService::CallbackService {
public:
    explicit ReferralHandler(const ReferralContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* MakeAgreement(grpc::CallbackServerContext* context,
                                            const v1::MakeAgreementRequest* request,
                                            v1::MakeAgreementResponse* response) override;
    grpc::ServerUnaryReactor* EndAgreement(grpc::CallbackServerContext* context,
                                           const v1::EndAgreementRequest* request,
                                           v1::EndAgreementResponse* response) override;
    grpc::ServerUnaryReactor* ListAgreements(grpc::CallbackServerContext* context,
                                             const v1::ListAgreementsRequest* request,
                                             v1::ListAgreementsResponse* response) override;
    grpc::ServerUnaryReactor* ReferApplication(grpc::CallbackServerContext* context,
                                               const v1::ReferApplicationRequest* request,
                                               v1::ReferApplicationResponse* response) override;
    grpc::ServerUnaryReactor* AnswerReferral(grpc::CallbackServerContext* context,
                                             const v1::AnswerReferralRequest* request,
                                             v1::AnswerReferralResponse* response) override;
    grpc::ServerUnaryReactor* EndReferral(grpc::CallbackServerContext* context,
                                          const v1::EndReferralRequest* request,
                                          v1::EndReferralResponse* response) override;
    grpc::ServerUnaryReactor* GetReferral(grpc::CallbackServerContext* context,
                                          const v1::GetReferralRequest* request,
                                          v1::GetReferralResponse* response) override;
    grpc::ServerUnaryReactor* ListReferrals(grpc::CallbackServerContext* context,
                                            const v1::ListReferralsRequest* request,
                                            v1::ListReferralsResponse* response) override;
    grpc::ServerBidiReactor<v1::UploadReferralAnswersRequest, v1::UploadReferralAnswersResponse>*
    UploadReferralAnswers(grpc::CallbackServerContext* context) override;

private:
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Command(grpc::CallbackServerContext* context, std::string_view method,
                                      const Request& request, Response* response) {
        return commands_.Unary(context, method, request, response, [this](const Request& each) {
            return Check(each, context_.clock.Now());
        });
    }

    Result<v1::ListAgreementsResponse> List(const rpc::Call& call,
                                            const v1::ListAgreementsRequest& request) const;
    Result<v1::GetReferralResponse> Get(const rpc::Call& call,
                                        const v1::GetReferralRequest& request) const;
    Result<v1::ListReferralsResponse> List(const rpc::Call& call,
                                           const v1::ListReferralsRequest& request) const;

    const ReferralContext context_;
    const command::CommandCalls<ReferralUnitOfWork> commands_{context_.calls, context_.loop,
                                                              context_.keys};
};

}  // namespace bangkit::aid
