#include "services/cli/aid/payments.h"

#include "bangkit/aid/v1/payment_service.grpc.pb.h"
#include "services/cli/aid/files.h"

namespace bangkit::cli {

using namespace aid::v1;

std::string DownloadPaymentFile(Session& session, const std::string& token,
                                const std::string& batch_id) {
    DownloadPaymentFileRequest request;
    request.set_batch_id(batch_id);
    return DownloadPages(session.StubOf<aid::v1::PaymentService>(),
                         &PaymentService::Stub::DownloadPaymentFile, request, token);
}

PaymentAnswersSummary UploadPaymentAnswers(
    Session& session, const std::string& token, std::string_view content,
    const std::function<void(const PaymentAnswerResult&)>& use) {
    return UploadAnswers<UploadPaymentAnswersResponse>(
        UploadPaymentAnswersRequest(), content, token,
        [&session](grpc::ClientContext* context) {
            return session.StubOf<aid::v1::PaymentService>().UploadPaymentAnswers(context);
        },
        use);
}

}  // namespace bangkit::cli
