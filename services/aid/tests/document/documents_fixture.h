#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "libs/content/testing.h"
#include "services/aid/tests/application/applications_fixture.h"

namespace bangkit::aid {

/// Files that people attach to applications.
class DocumentsTest : public ApplicationsTest {
protected:
    static v1::AttachDocumentRequest Piece(std::string_view content, bool is_last) {
        v1::AttachDocumentRequest piece;
        piece.set_content(std::string(content));
        piece.set_last(is_last);
        return piece;
    }
    static v1::DocumentHeader Header(const std::string& application_id,
                                     v1::DocumentKind kind = v1::DOCUMENT_KIND_IDENTITY_CARD) {
        v1::DocumentHeader header;
        header.set_request_id(NewId(kNow));
        header.set_application_id(application_id);
        header.set_kind(kind);
        return header;
    }
    /// As pieces of at most so many bytes.
    static std::vector<v1::AttachDocumentRequest> Pieces(const v1::DocumentHeader& header,
                                                         std::string_view content,
                                                         std::size_t size = 100'000) {
        std::vector<v1::AttachDocumentRequest> pieces;
        do {
            const std::string_view part = content.substr(0, size);
            content.remove_prefix(part.size());
            pieces.push_back(Piece(part, content.empty()));
        } while (!content.empty());
        *pieces.front().mutable_header() = header;
        return pieces;
    }
    std::string Send(const std::vector<v1::AttachDocumentRequest>& pieces, const std::string& token,
                     v1::AttachDocumentResponse* response) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(60));
        const auto stream = document_stub_->AttachDocument(&context);
        for (const v1::AttachDocumentRequest& piece : pieces) {
            if (!stream->Write(piece)) break;
        }
        stream->WritesDone();
        while (stream->Read(response)) {
        }
        return Name(stream->Finish());
    }
    std::string Attach(const v1::DocumentHeader& header, std::string_view content,
                       const std::string& token,
                       v1::AttachDocumentResponse* response = nullptr) const {
        v1::AttachDocumentResponse ignored;
        return Send(Pieces(header, content), token, response == nullptr ? &ignored : response);
    }
    std::string Attached(const std::string& application_id, v1::DocumentKind kind,
                         std::string_view content) const {
        v1::AttachDocumentResponse response;
        EXPECT_EQ(Attach(Header(application_id, kind), content, officer_, &response), "OK");
        return response.document().document_id();
    }
    /// "OK", or why there is none; then `content` is what came before.
    std::string Download(const std::string& application_id, const std::string& document_id,
                         const std::string& token, std::string* content = nullptr,
                         v1::Document* document = nullptr) const {
        grpc::ClientContext context;
        rpc::Prepare(context, token, std::chrono::seconds(60));
        const auto stream = document_stub_->DownloadDocument(&context);
        v1::DownloadDocumentRequest request;
        request.set_application_id(application_id);
        request.set_document_id(document_id);
        stream->Write(request);
        std::string received, refused;
        v1::DownloadDocumentResponse piece;
        while (refused.empty() && !piece.last() && stream->Read(&piece)) {
            if (document != nullptr && piece.has_document()) *document = piece.document();
            if (piece.has_error()) refused = status::FromProto(piece.error()).reason;
            received += piece.content();
        }
        stream->WritesDone();
        while (stream->Read(&piece)) {
        }
        const std::string name = Name(stream->Finish());
        if (content != nullptr) *content = received;
        return refused.empty() ? name : refused;
    }
    std::vector<v1::Document> Documents(const std::string& application_id) const {
        v1::ListDocumentsRequest request;
        request.set_application_id(application_id);
        v1::ListDocumentsResponse response;
        EXPECT_EQ(Call(&DocumentStub::ListDocuments, request, response, officer_), "OK");
        return {response.documents().begin(), response.documents().end()};
    }
    std::vector<std::string> Objects() const {
        std::vector<std::string> names;
        for (int shelf = 0; shelf < objects::Store::kShelves; ++shelf) {
            for (const objects::ObjectInfo& each : store().List(shelf)) names.push_back(each.name);
        }
        return names;
    }
    /// Of the store, whatever is in them.
    int Files() const {
        int files = 0;
        std::error_code gone;  // Meanwhile.
        for (std::filesystem::recursive_directory_iterator each(folder_.path(), gone), end;
             each != end; each.increment(gone)) {
            files += each->is_regular_file(gone) ? 1 : 0;
        }
        return files;
    }
    v1::Program WithChecklist() { return Opened(CashGrant()); }
};

}  // namespace bangkit::aid
