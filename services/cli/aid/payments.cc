#include "services/cli/aid/payments.h"

#include <algorithm>
#include <thread>

#include "libs/grpc/client.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

using namespace aid::v1;

constexpr std::chrono::seconds kPageTimeout{30};
constexpr std::chrono::minutes kUploadTimeout{30};
constexpr std::size_t kPiece = std::size_t{64} << 10;

}  // namespace

std::string DownloadPaymentFile(Session& session, const std::string& token,
                                const std::string& batch_id) {
    std::string file;
    DownloadPaymentFileRequest request;
    request.set_batch_id(batch_id);
    do {
        grpc::ClientContext context;
        rpc::Prepare(context, token, kPageTimeout);
        DownloadPaymentFileResponse page;
        Check(session.payments().DownloadPaymentFile(&context, request, &page));
        file += page.content();
        request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return file;
}

PaymentAnswersSummary UploadPaymentAnswers(
    Session& session, const std::string& token, std::string_view content,
    const std::function<void(const PaymentAnswerResult&)>& use) {
    grpc::ClientContext context;
    rpc::Prepare(context, token, kUploadTimeout);
    const auto stream = session.payments().UploadPaymentAnswers(&context);
    PaymentAnswersSummary summary;
    {
        const std::jthread writer([&stream, content] mutable {
            for (; !content.empty(); content.remove_prefix(std::min(kPiece, content.size()))) {
                UploadPaymentAnswersRequest piece;
                piece.set_content(std::string(content.substr(0, kPiece)));
                if (!stream->Write(piece)) return;
            }
            stream->WritesDone();
        });
        UploadPaymentAnswersResponse response;
        while (stream->Read(&response)) {
            if (response.has_summary()) summary = response.summary();
            if (response.has_line()) use(response.line());
        }
    }
    Check(stream->Finish());
    return summary;
}

}  // namespace bangkit::cli
