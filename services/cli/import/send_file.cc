#include "services/cli/import/send_file.h"

#include <fstream>
#include <string_view>
#include <thread>

#include "libs/grpc/call.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using namespace registration::v1;
using Stream = grpc::ClientReaderWriterInterface<ImportBusinessesRequest, ImportBusinessesResponse>;

constexpr std::chrono::hours kTimeout{24};

void Join(std::string& list, std::string_view text) {
    if (text.empty()) return;
    if (!list.empty()) list += " | ";
    list += text;
}

void Collect(SentFile& sent, const ImportRowResult& row) {
    if (!row.business_id().empty()) {
        ++sent.warnings;
        return;
    }
    RowFailure& failure = sent.failures[row.row()];
    for (const ImportRowProblem& problem : row.problems()) {
        if (problem.warning()) continue;
        Join(failure.columns, problem.column());
        Join(failure.reasons, problem.reason());
        Join(failure.messages, problem.message());
    }
}

void ReadAnswers(Stream& stream, SentFile& sent, const OnProgress& on_progress) {
    ImportBusinessesResponse response;
    while (stream.Read(&response)) {
        if (response.has_row()) Collect(sent, response.row());
        if (!response.has_progress()) continue;
        sent.progress = response.progress();
        on_progress(sent.progress);
    }
}

void WriteFile(Stream& stream, std::ifstream& in, std::size_t piece) {
    ImportBusinessesRequest request;
    for (;;) {
        std::string& content = *request.mutable_content();
        content.resize(piece);
        in.read(content.data(), static_cast<std::streamsize>(piece));
        content.resize(static_cast<std::size_t>(in.gcount()));
        if (in.bad()) return;  // Not its end: the server must not take it for that.
        if (content.empty() || !stream.Write(request)) break;  // Finish() says why.
    }
    stream.WritesDone();
}

}  // namespace

SentFile SendFile(Session& session, const std::filesystem::path& file, std::size_t piece,
                  const OnProgress& on_progress) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw UsageError("cannot read " + file.string());
    grpc::ClientContext context;
    Prepare(context, session, kTimeout);
    const auto stream = session.registration().ImportBusinesses(&context);

    SentFile sent;
    {
        const std::jthread reader([&] { ReadAnswers(*stream, sent, on_progress); });
        WriteFile(*stream, in, piece);
        if (in.bad()) context.TryCancel();
    }
    const grpc::Status status = stream->Finish();
    if (in.bad()) throw UsageError("cannot read " + file.string() + " to its end");
    if (!status.ok()) {
        const CallFailed failed(rpc::FromStatus(status));
        sent.error = failed.error();
        // A server that is stopped cancels its calls.
        sent.may_succeed_later =
            failed.IsOutage() || status.error_code() == grpc::StatusCode::CANCELLED;
    } else if (!sent.progress.finished()) {
        sent.error = Error{ErrorCode::kUnavailable, "STREAM_CUT", "the answer ended too early"};
        sent.may_succeed_later = true;
    }
    return sent;
}

}  // namespace bangkit::cli
