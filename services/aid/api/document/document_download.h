#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "libs/grpc/line_stream.h"
#include "services/aid/api/document/document_handler.h"

namespace bangkit::aid {

/// One call of DownloadDocument. Of each document that is asked for, the audit trail is told first;
/// then it is read and sent piece by piece: a piece waits until the client has taken the one
/// before.
class DocumentDownload final
    : public rpc::LineSource<v1::DownloadDocumentRequest, v1::DownloadDocumentResponse> {
public:
    using Line = rpc::Line<v1::DownloadDocumentResponse>;

    DocumentDownload(const DocumentContext& context, const ApplicationCalls& commands,
                     const rpc::Call& call, std::string_view method)
        : context_(context), commands_(commands), call_(call), method_(method) {}

    Result<void> Take(v1::DownloadDocumentRequest request) override {
        wanted_ = std::move(request);
        return {};
    }
    bool HasLine() override;
    void Start(Line line) override;
    std::size_t MaxOutstanding() const override { return 1; }

private:
    void Ask(const Line& line);
    // These run in the pool, one at a time; the handler may be gone by then.
    void Open(const Line& line);
    void SendPiece(const Line& line);

    const DocumentContext context_;
    const ApplicationCalls& commands_;
    const rpc::Call call_;
    const std::string_view method_;

    std::optional<v1::DownloadDocumentRequest> wanted_;
    bool is_admitted_ = false;              // The audit trail says that it is looked at.
    std::optional<OpenedDocument> opened_;  // Until its last piece is sent.
    std::int64_t next_piece_ = 0;
    std::exception_ptr exception_;
};

}  // namespace bangkit::aid
