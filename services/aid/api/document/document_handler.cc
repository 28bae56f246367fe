#include "services/aid/api/document/document_handler.h"

#include "services/aid/api/checked.h"
#include "services/aid/api/document/document_download.h"
#include "services/aid/api/document/document_upload.h"
#include "services/aid/storage/application/application_mapping.h"

namespace bangkit::aid {
namespace {

constexpr std::string_view kAttach = "bangkit.aid.v1.DocumentService/AttachDocument";
constexpr std::string_view kDownload = "bangkit.aid.v1.DocumentService/DownloadDocument";
constexpr std::string_view kList = "bangkit.aid.v1.DocumentService/ListDocuments";

bool IsCurrent(const Application& application, const StoredDocument& document) {
    if (!IsOfChecklist(document.kind)) return true;
    const auto latest = application.documents.find(document.kind);
    return latest != application.documents.end() && latest->second == document.id;
}

}  // namespace

grpc::ServerBidiReactor<v1::AttachDocumentRequest, v1::AttachDocumentResponse>*
DocumentHandler::AttachDocument(grpc::CallbackServerContext* context) {
    return context_.calls.Stream<v1::AttachDocumentRequest, v1::AttachDocumentResponse>(
        context, kAttach, [this](const rpc::Call& call) {
            return std::make_unique<DocumentUpload>(context_, commands_, call, kAttach);
        });
}

grpc::ServerBidiReactor<v1::DownloadDocumentRequest, v1::DownloadDocumentResponse>*
DocumentHandler::DownloadDocument(grpc::CallbackServerContext* context) {
    return context_.calls.Stream<v1::DownloadDocumentRequest, v1::DownloadDocumentResponse>(
        context, kDownload, [this](const rpc::Call& call) {
            return std::make_unique<DocumentDownload>(context_, commands_, call, kDownload);
        });
}

grpc::ServerUnaryReactor* DocumentHandler::ListDocuments(grpc::CallbackServerContext* context,
                                                         const v1::ListDocumentsRequest* request,
                                                         v1::ListDocumentsResponse* response) {
    return context_.calls.Read(
        context, kList, request, response,
        [this](const rpc::Call& call, const v1::ListDocumentsRequest& wanted) {
            return List(call, wanted);
        });
}

Result<v1::ListDocumentsResponse> DocumentHandler::List(
    const rpc::Call& call, const v1::ListDocumentsRequest& request) const {
    rpc::FieldChecker fields;
    const std::string id = fields.Uuid("application_id", request.application_id());
    if (const Result<void> done = fields.Done(); !done) return std::unexpected(done.error());
    const std::optional<Application> application = context_.applications.Find(ViewerOf(call), id);
    if (!application) {
        return Refused(ErrorCode::kNotFound, "APPLICATION_NOT_FOUND", "no such application");
    }
    v1::ListDocumentsResponse response;
    for (const StoredDocument& each : context_.documents.List(ViewerOf(call), id)) {
        Fill(*response.add_documents(), each, IsCurrent(*application, each));
    }
    return response;
}

}  // namespace bangkit::aid
