#include "services/cli/aid/documents.h"

#include "bangkit/aid/v1/document_service.grpc.pb.h"
#include "libs/base/ids.h"
#include "libs/grpc/client.h"
#include "libs/status/status.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;

constexpr std::size_t kPiece = std::size_t{256} << 10;
constexpr std::chrono::minutes kTimeout{5};

}  // namespace

AttachDocumentResponse AttachDocument(Session& session, const std::string& token,
                                      const std::string& application_id, DocumentKind kind,
                                      std::string_view content) {
    grpc::ClientContext context;
    rpc::Prepare(context, token, kTimeout);
    const auto stream = session.StubOf<aid::v1::DocumentService>().AttachDocument(&context);
    AttachDocumentRequest piece;
    piece.mutable_header()->set_request_id(NewId(session.clock().Now()));
    piece.mutable_header()->set_application_id(application_id);
    piece.mutable_header()->set_kind(kind);
    do {
        piece.set_content(std::string(content.substr(0, kPiece)));
        content.remove_prefix(piece.content().size());
        piece.set_last(content.empty());
        if (!stream->Write(piece)) break;  // Refused: Finish() says why.
        piece.Clear();
    } while (!content.empty());
    stream->WritesDone();
    AttachDocumentResponse response, none;
    stream->Read(&response);
    while (stream->Read(&none)) {
    }
    Check(stream->Finish());
    return response;
}

std::string DownloadDocument(Session& session, const std::string& token,
                             const DownloadDocumentRequest& request) {
    grpc::ClientContext context;
    rpc::Prepare(context, token, kTimeout);
    const auto stream = session.StubOf<aid::v1::DocumentService>().DownloadDocument(&context);
    stream->Write(request);
    stream->WritesDone();
    std::string content;
    DownloadDocumentResponse piece;
    while (stream->Read(&piece)) {
        if (piece.has_error()) throw CallFailed(status::FromProto(piece.error()));
        content += piece.content();
    }
    Check(stream->Finish());
    return content;
}

}  // namespace bangkit::cli
