#pragma once

#include <grpcpp/client_context.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>

#include "libs/grpc/client.h"
#include "services/cli/session.h"

namespace bangkit::cli {

// Files that services send in pages and take in pieces, in the name of a token.

/// All pages of a file. Throws CallFailed.
template <typename Stub, typename Request, typename Response>
std::string DownloadPages(Stub& stub,
                          grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                       Response*),
                          Request request, const std::string& token) {
    constexpr std::chrono::seconds kPageTimeout{30};
    std::string file;
    do {
        grpc::ClientContext context;
        rpc::Prepare(context, token, kPageTimeout);
        Response page;
        Check((stub.*method)(&context, request, &page));
        file += page.content();
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return file;
}

/// Sends a file of answers, each piece with what `piece` says besides, on the stream that
/// `open(context)` begins. `use(line)` gets what came of each line that is told; returns the
/// summary. Throws CallFailed.
template <typename Response, typename Piece, typename Open, typename Use>
auto UploadAnswers(const Piece& piece, std::string_view content, const std::string& token,
                   Open open, const Use& use) {
    constexpr std::chrono::minutes kUploadTimeout{30};
    static constexpr std::size_t kPiece = std::size_t{64} << 10;
    grpc::ClientContext context;
    rpc::Prepare(context, token, kUploadTimeout);
    const std::unique_ptr<grpc::ClientReaderWriter<Piece, Response>> stream = open(&context);
    std::decay_t<decltype(Response().summary())> summary;
    {
        const std::jthread writer([&stream, &piece, content] mutable {
            for (; !content.empty(); content.remove_prefix(std::min(kPiece, content.size()))) {
                Piece next = piece;
                next.set_content(std::string(content.substr(0, kPiece)));
                if (!stream->Write(next)) return;
            }
            stream->WritesDone();
        });
        Response response;
        while (stream->Read(&response)) {
            if (response.has_summary()) summary = response.summary();
            if (response.has_line()) use(response.line());
        }
    }
    Check(stream->Finish());
    return summary;
}

}  // namespace bangkit::cli
