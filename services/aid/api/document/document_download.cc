#include "services/aid/api/document/document_download.h"

#include <utility>

#include "libs/status/status.h"
#include "services/aid/api/checked.h"
#include "services/aid/storage/application/application_mapping.h"
#include "services/aid/storage/document/document_content.h"

namespace bangkit::aid {
namespace {

void AnswerError(const DocumentDownload::Line& line, const Error& error) {
    v1::DownloadDocumentResponse response;
    *response.mutable_error() = status::ToProto(error);
    line.Answer(std::move(response));
}

Error NotFound() { return {ErrorCode::kNotFound, "DOCUMENT_NOT_FOUND", "no such document"}; }

}  // namespace

bool DocumentDownload::HasLine() {
    if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
    return wanted_ || opened_;
}

void DocumentDownload::Start(Line line) {
    if (wanted_ && !is_admitted_) return Ask(line);
    ThreadPool::Task task = [this, line] {
        try {
            opened_ ? SendPiece(line) : Open(line);
        } catch (...) {
            exception_ = std::current_exception();
        }
    };
    if (context_.pool.TryRun(task)) return;
    wanted_.reset();
    opened_.reset();
    AnswerError(line, {ErrorCode::kResourceExhausted, "QUEUE_FULL", "please try again later"});
}

void DocumentDownload::Ask(const Line& line) {
    rpc::FieldChecker fields;
    wanted_->set_application_id(fields.Uuid("application_id", wanted_->application_id()));
    wanted_->set_document_id(fields.Uuid("document_id", wanted_->document_id()));
    auto checked = Done<ApplicationCommand>(
        fields, "",
        {.application_id = wanted_->application_id(),
         .deed = InspectApplication{.document_id = wanted_->document_id()}});
    commands_.Submit(call_, method_, *wanted_, std::move(checked), Lane::kInteractive,
                     [this, line](const command::Outcome& outcome) {
                         is_admitted_ = outcome.has_value();
                         if (is_admitted_) return;
                         wanted_.reset();
                         AnswerError(line, outcome.error());
                     });
}

void DocumentDownload::Open(const Line& line) {
    is_admitted_ = false;
    const v1::DownloadDocumentRequest wanted = *std::exchange(wanted_, std::nullopt);
    opened_ =
        context_.documents.Find(ViewerOf(call_), wanted.application_id(), wanted.document_id());
    if (!opened_) return AnswerError(line, NotFound());
    next_piece_ = 0;
    SendPiece(line);
}

void DocumentDownload::SendPiece(const Line& line) {
    const StoredDocument& document = opened_->document;
    v1::DownloadDocumentResponse response;
    auto content = ReadPiece(context_.store, document, opened_->content_key, next_piece_);
    if (!content) {
        opened_.reset();
        return AnswerError(line, NotFound());
    }
    if (next_piece_ == 0) Fill(*response.mutable_document(), document, false);
    ++next_piece_;
    response.set_content(*std::move(content));
    response.set_last(next_piece_ == PiecesOf(document));
    if (response.last()) opened_.reset();
    line.Answer(std::move(response));
}

}  // namespace bangkit::aid
