#pragma once

#include <chrono>
#include <string>

#include "bangkit/registration/v1/import_service.grpc.pb.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "services/registration/storage/import_queries.h"
#include "services/registration/storage/import_unit_of_work.h"

namespace bangkit::registration {

/// A loop of its own, so that no interactive call waits for pieces of files.
using ImportLoop = command::CommandLoop<ImportUnitOfWork>;

/// What the handlers of import jobs use; all of it outlives the server.
struct ImportHandlerContext {
    const rpc::Calls& calls;
    ImportLoop& loop;
    const ImportQueries& queries;
    const crypto::KeyRing& keys;
    const Clock& clock;
    std::chrono::hours retention;  // Of failed rows.
};

/// The jobs of files, up to where an ImportWorker takes them over.
class ImportHandler final : public v1::ImportService::CallbackService {
public:
    explicit ImportHandler(const ImportHandlerContext& context) : context_(context) {}

    grpc::ServerUnaryReactor* CreateImportJob(grpc::CallbackServerContext* context,
                                              const v1::CreateImportJobRequest* request,
                                              v1::CreateImportJobResponse* response) override;
    grpc::ServerBidiReactor<v1::UploadImportFileRequest, v1::UploadImportFileResponse>*
    UploadImportFile(grpc::CallbackServerContext* context) override;
    grpc::ServerUnaryReactor* GetImportJob(grpc::CallbackServerContext* context,
                                           const v1::GetImportJobRequest* request,
                                           v1::GetImportJobResponse* response) override;
    grpc::ServerUnaryReactor* ListImportJobs(grpc::CallbackServerContext* context,
                                             const v1::ListImportJobsRequest* request,
                                             v1::ListImportJobsResponse* response) override;
    grpc::ServerUnaryReactor* CancelImportJob(grpc::CallbackServerContext* context,
                                              const v1::CancelImportJobRequest* request,
                                              v1::CancelImportJobResponse* response) override;
    grpc::ServerUnaryReactor* DownloadImportErrors(
        grpc::CallbackServerContext* context, const v1::DownloadImportErrorsRequest* request,
        v1::DownloadImportErrorsResponse* response) override;

private:
    /// The job as the caller sees it. NOT_FOUND.
    Result<StoredImport> Find(const rpc::Call& call, const std::string& job_id) const;
    Result<v1::ListImportJobsResponse> List(const rpc::Call& call,
                                            const v1::ListImportJobsRequest& request) const;
    Result<v1::DownloadImportErrorsResponse> Errors(
        const rpc::Call& call, const v1::DownloadImportErrorsRequest& request) const;

    const ImportHandlerContext context_;
    const command::CommandCalls<ImportUnitOfWork> commands_{context_.calls, context_.loop,
                                                            context_.keys};
};

}  // namespace bangkit::registration
