#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "bangkit/aid/v1/payment_service.pb.h"
#include "services/cli/session.h"

namespace bangkit::cli {

/// The file for the bank (pain.001), in the name of `token`. Throws CallFailed.
std::string DownloadPaymentFile(Session& session, const std::string& token,
                                const std::string& batch_id);

/// What a bank has answered: pain.002, camt.054 or CSV. `use` gets what came of each line. Throws
/// CallFailed.
aid::v1::PaymentAnswersSummary UploadPaymentAnswers(
    Session& session, const std::string& token, std::string_view content,
    const std::function<void(const aid::v1::PaymentAnswerResult&)>& use);

}  // namespace bangkit::cli
