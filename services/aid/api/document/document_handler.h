#pragma once

#include "bangkit/aid/v1/document_service.grpc.pb.h"
#include "libs/base/thread_pool.h"
#include "libs/command/command_calls.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/handler.h"
#include "libs/objects/store.h"
#include "services/aid/storage/application/application_queries.h"
#include "services/aid/storage/application/application_unit_of_work.h"
#include "services/aid/storage/document/document_queries.h"

namespace bangkit::aid {

using ApplicationCalls = command::CommandCalls<ApplicationUnitOfWork>;

/// What the handler uses; all of it outlives the server.
struct DocumentContext {
    const rpc::Calls& calls;
    ApplicationCalls::Loop& loop;
    const ApplicationQueries& applications;
    const DocumentQueries& documents;
    objects::Store& store;
    ThreadPool& pool;
    const Clock& clock;
    const crypto::KeyRing& keys;
};

/// Files on their way in and out; what is decided of them is a command of their application.
class DocumentHandler final : public v1::DocumentService::CallbackService {
public:
    explicit DocumentHandler(const DocumentContext& context) : context_(context) {}

    grpc::ServerBidiReactor<v1::AttachDocumentRequest, v1::AttachDocumentResponse>* AttachDocument(
        grpc::CallbackServerContext* context) override;
    grpc::ServerBidiReactor<v1::DownloadDocumentRequest, v1::DownloadDocumentResponse>*
    DownloadDocument(grpc::CallbackServerContext* context) override;
    grpc::ServerUnaryReactor* ListDocuments(grpc::CallbackServerContext* context,
                                            const v1::ListDocumentsRequest* request,
                                            v1::ListDocumentsResponse* response) override;

private:
    Result<v1::ListDocumentsResponse> List(const rpc::Call& call,
                                           const v1::ListDocumentsRequest& request) const;

    const DocumentContext context_;
    const ApplicationCalls commands_{context_.calls, context_.loop, context_.keys};
};

}  // namespace bangkit::aid
