#pragma once

#include "bangkit/aid/v1/nomination_service.grpc.pb.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "services/aid/api/nomination/nomination_checks.h"
#include "services/aid/storage/nomination/nomination_file_unit_of_work.h"
#include "services/aid/storage/nomination/nomination_queries.h"
#include "services/aid/storage/program/program_queries.h"

namespace bangkit::aid {

using NominationLoop = command::CommandLoop<NominationUnitOfWork>;
using NominationFileLoop = command::CommandLoop<NominationFileUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct NominationContext {
    const rpc::Calls& calls;
    NominationLoop& loop;
    NominationFileLoop& file_loop;
    const NominationQueries& queries;
    const ProgramQueries& programs;
    const NominationChecks& checks;
    const indonesia::RegionTree& regions;
    const crypto::KeyRing& keys;
};

/// Commands go to the loops, reads run in the pool of Calls.
class NominationHandler final : public v1::NominationService::CallbackService {
public:
    explicit NominationHandler(const NominationContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* StateNomineeRecord(grpc::CallbackServerContext* context,
                                                 const v1::StateNomineeRecordRequest* request,
                                                 v1::StateNomineeRecordResponse* response) override;
    grpc::ServerUnaryReactor* OpenNominationBatch(
        grpc::CallbackServerContext* context, const v1::OpenNominationBatchRequest* request,
        v1::OpenNominationBatchResponse* response) override;
    grpc::ServerUnaryReactor* AddNominees(grpc::CallbackServerContext* context,
                                          const v1::AddNomineesRequest* request,
                                          v1::AddNomineesResponse* response) override;
    grpc::ServerUnaryReactor* SendNominationBatch(
        grpc::CallbackServerContext* context, const v1::SendNominationBatchRequest* request,
        v1::SendNominationBatchResponse* response) override;
    grpc::ServerUnaryReactor* OpenCorrectionWindow(
        grpc::CallbackServerContext* context, const v1::OpenCorrectionWindowRequest* request,
        v1::OpenCorrectionWindowResponse* response) override;
    grpc::ServerUnaryReactor* RecordDecree(grpc::CallbackServerContext* context,
                                           const v1::RecordDecreeRequest* request,
                                           v1::RecordDecreeResponse* response) override;
    grpc::ServerUnaryReactor* WithdrawNominee(grpc::CallbackServerContext* context,
                                              const v1::WithdrawNomineeRequest* request,
                                              v1::WithdrawNomineeResponse* response) override;
    grpc::ServerUnaryReactor* GetNominationBatch(grpc::CallbackServerContext* context,
                                                 const v1::GetNominationBatchRequest* request,
                                                 v1::GetNominationBatchResponse* response) override;
    grpc::ServerUnaryReactor* ListNominationBatches(
        grpc::CallbackServerContext* context, const v1::ListNominationBatchesRequest* request,
        v1::ListNominationBatchesResponse* response) override;
    grpc::ServerUnaryReactor* ListNominees(grpc::CallbackServerContext* context,
                                           const v1::ListNomineesRequest* request,
                                           v1::ListNomineesResponse* response) override;
    grpc::ServerUnaryReactor* GetNominationFunnel(
        grpc::CallbackServerContext* context, const v1::GetNominationFunnelRequest* request,
        v1::GetNominationFunnelResponse* response) override;
    grpc::ServerUnaryReactor* DownloadNominationFile(
        grpc::CallbackServerContext* context, const v1::DownloadNominationFileRequest* request,
        v1::DownloadNominationFileResponse* response) override;
    grpc::ServerBidiReactor<v1::UploadNominationAnswersRequest,
                            v1::UploadNominationAnswersResponse>*
    UploadNominationAnswers(grpc::CallbackServerContext* context) override;

private:
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Submit(grpc::CallbackServerContext* context, std::string_view method,
                                     const Request& request, Response* response) const;
    template <typename Request, typename Response>
    grpc::ServerUnaryReactor* Read(grpc::CallbackServerContext* context, std::string_view method,
                                   const Request* request, Response* response) const;

    Result<v1::GetNominationBatchResponse> Find(const rpc::Call& call,
                                                const v1::GetNominationBatchRequest& request) const;
    Result<v1::ListNominationBatchesResponse> Find(
        const rpc::Call& call, const v1::ListNominationBatchesRequest& request) const;
    Result<v1::ListNomineesResponse> Find(const rpc::Call& call,
                                          const v1::ListNomineesRequest& request) const;
    Result<v1::GetNominationFunnelResponse> Find(
        const rpc::Call& call, const v1::GetNominationFunnelRequest& request) const;
    Result<Checked<ReadNominationFile>> Check(
        const rpc::Call& call, const v1::DownloadNominationFileRequest& request) const;

    const NominationContext context_;
    const command::CommandCalls<NominationUnitOfWork> commands_{context_.calls, context_.loop,
                                                                context_.keys};
    const command::CommandCalls<NominationFileUnitOfWork> file_commands_{
        context_.calls, context_.file_loop, context_.keys};
};

}  // namespace bangkit::aid
