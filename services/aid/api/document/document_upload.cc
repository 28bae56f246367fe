#include "services/aid/api/document/document_upload.h"

#include <memory>
#include <utility>

#include "libs/base/ids.h"
#include "services/aid/api/checked.h"
#include "services/aid/storage/mapping.h"

namespace bangkit::aid {
namespace {

constexpr std::size_t kPieceMax = std::size_t{256} << 10;
constexpr std::size_t kSha256Size = 32;

std::unexpected<Error> CutOff() {
    return Refused(ErrorCode::kInvalidArgument, "CONTENT_CUT_OFF",
                   "the file ended before its last piece");
}

std::unexpected<Error> StoreAway() {
    return Refused(ErrorCode::kUnavailable, "STORE_UNAVAILABLE",
                   "please try again with the same request_id");
}

}  // namespace

Result<void> DocumentUpload::Take(v1::AttachDocumentRequest request) {
    if (const Result<void> failed = Failure(); !failed) return failed;
    rpc::FieldChecker fields;
    if (is_whole_) fields.Refuse("last", "OUT_OF_RANGE", "was said of an earlier piece");
    if (request.content().size() > kPieceMax) {
        fields.Refuse("content", "TOO_LONG", "must have at most 256 KiB");
    }
    if (Result<void> done = fields.Done(); !done) return done;
    is_whole_ = request.last();
    piece_ = std::move(request);
    return {};
}

void DocumentUpload::Start(Line line) {
    if (command_) return Attach(line);
    ThreadPool::Task task = [this, line, piece = *std::exchange(piece_, std::nullopt)] {
        try {
            if (const Result<void> worked = Work(piece); !worked) error_ = worked.error();
        } catch (const objects::StoreError&) {
            error_ = StoreAway().error();
        } catch (...) {
            exception_ = std::current_exception();
        }
    };
    if (context_.pool.TryRun(task)) return;
    error_ = Error{ErrorCode::kResourceExhausted, "QUEUE_FULL", "please try again later"};
}

Result<void> DocumentUpload::End() {
    if (const Result<void> failed = Failure(); !failed) return failed;
    return response_ ? Result<void>() : CutOff();
}

Result<void> DocumentUpload::Failure() {
    if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
    return error_ ? Result<void>(std::unexpected(*error_)) : Result<void>();
}

Result<void> DocumentUpload::Work(const v1::AttachDocumentRequest& piece) {
    if (!writer_) {
        if (Result<void> begun = Begin(piece.header()); !begun) return begun;
    }
    if (Result<void> taken = inspector_.Take(piece.content()); !taken) return taken;
    writer_->Add(piece.content());
    return piece.last() ? Finish() : Result<void>();
}

Result<void> DocumentUpload::Begin(const v1::DocumentHeader& header) {
    rpc::FieldChecker fields;
    header_ = header;
    header_.set_request_id(fields.Uuid("header.request_id", header.request_id()));
    header_.set_application_id(fields.Uuid("header.application_id", header.application_id()));
    fields.Enum("header.kind", header.kind());
    if (!header.sha256().empty() && header.sha256().size() != kSha256Size) {
        fields.Refuse("header.sha256", "OUT_OF_RANGE", "must have 32 bytes");
    }
    if (Result<void> done = fields.Done(); !done) return done;
    // The command decides; this only spares an upload that leads to nothing.
    if (!context_.applications.Find(ViewerOf(call_), header_.application_id())) {
        return Refused(ErrorCode::kNotFound, "APPLICATION_NOT_FOUND", "no such application");
    }
    document_id_ = NewId(context_.clock.Now());
    writer_.emplace(context_.store, document_id_);
    return {};
}

Result<void> DocumentUpload::Finish() {
    const Result<content::Format> format = inspector_.Finish();
    if (!format) return std::unexpected(format.error());
    const std::string sha256 = writer_->Sha256();
    if (!header_.sha256().empty() && header_.sha256() != sha256) {
        return Refused(ErrorCode::kInvalidArgument, "CHECKSUM_DIFFERS",
                       "what came is not what was sent");
    }
    header_.set_sha256(sha256);  // Another file under the same request id is another request.
    writer_->Finish();
    command_ = ApplicationCommand{.application_id = header_.application_id(),
                                  .enclosure = {.content_key = writer_->key()},
                                  .deed = AttachDocument{.kind = As<DocumentKind>(header_.kind()),
                                                         .document_id = document_id_,
                                                         .format = As<DocumentFormat>(*format),
                                                         .bytes = writer_->bytes(),
                                                         .sha256 = sha256}};
    return {};
}

void DocumentUpload::Attach(const Line& line) {
    Result<Checked<ApplicationCommand>> checked = Checked<ApplicationCommand>{
        .request_id = header_.request_id(), .command = *std::exchange(command_, std::nullopt)};
    commands_.Submit(call_, method_, header_, std::move(checked), Lane::kInteractive,
                     [this, line](const command::Outcome& outcome) { Attached(outcome); });
}

void DocumentUpload::Attached(const command::Outcome& outcome) {
    auto response = command::ToResponse<v1::AttachDocumentResponse>(outcome);
    if (response) {
        response_ = *std::move(response);
    } else {
        error_ = response.error();
    }
    const bool is_kept = response_ && response_->document().document_id() == document_id_;
    const bool may_be_kept = error_ && error_->code == ErrorCode::kUnavailable;
    if (is_kept || may_be_kept) return;
    try {
        context_.store.Remove(document_id_);
    } catch (const objects::StoreError&) {
        return;  // The sweep of the store finds it.
    }
}

}  // namespace bangkit::aid
