#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "libs/content/inspector.h"
#include "libs/grpc/line_stream.h"
#include "services/aid/api/document/document_handler.h"
#include "services/aid/storage/document/document_content.h"

namespace bangkit::aid {

/// One call of AttachDocument. A piece is looked at, sealed and written before the next one is
/// read; after the last one comes the command that makes the file a document of its application.
/// What comes to no such end leaves nothing.
class DocumentUpload final
    : public rpc::LineSource<v1::AttachDocumentRequest, v1::AttachDocumentResponse> {
public:
    using Line = rpc::Line<v1::AttachDocumentResponse>;

    DocumentUpload(const DocumentContext& context, const ApplicationCalls& commands,
                   const rpc::Call& call, std::string_view method)
        : context_(context), commands_(commands), call_(call), method_(method) {}

    Result<void> Take(v1::AttachDocumentRequest request) override;
    bool HasLine() override { return piece_ || command_; }
    void Start(Line line) override;
    std::size_t MaxOutstanding() const override { return 1; }
    Result<void> End() override;
    std::optional<v1::AttachDocumentResponse> Summary() override { return response_; }

private:
    // These run in the pool, one at a time; the handler may be gone by then.
    Result<void> Work(const v1::AttachDocumentRequest& piece);
    Result<void> Begin(const v1::DocumentHeader& header);
    Result<void> Finish();

    void Attach(const Line& line);
    /// From the thread of the command loop: how it went.
    void Attached(const command::Outcome& outcome);
    Result<void> Failure();

    const DocumentContext context_;
    const ApplicationCalls& commands_;
    const rpc::Call call_;
    const std::string_view method_;

    std::optional<v1::AttachDocumentRequest> piece_;  // To be worked on next.
    bool is_whole_ = false;                           // The last piece has come.
    v1::DocumentHeader header_;
    std::string document_id_;
    content::Inspector inspector_;
    std::optional<ContentWriter> writer_;
    std::optional<ApplicationCommand> command_;  // To be submitted next.

    std::optional<Error> error_;
    std::exception_ptr exception_;
    std::optional<v1::AttachDocumentResponse> response_;
};

}  // namespace bangkit::aid
