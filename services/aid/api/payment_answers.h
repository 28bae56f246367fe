#pragma once

#include <functional>
#include <memory>

#include "bangkit/aid/v1/payment_service.pb.h"
#include "libs/command/pending_command.h"
#include "libs/grpc/line_stream.h"
#include "services/aid/storage/payment_unit_of_work.h"

namespace bangkit::aid {

using PaymentAnswersSource =
    rpc::LineSource<v1::UploadPaymentAnswersRequest, v1::UploadPaymentAnswersResponse>;

/// Hands a line's command to the command loop; `done` is called once, from any thread.
using SubmitAnswer = std::function<void(
    PaymentCommand, std::move_only_function<void(const command::Outcome&)> done)>;

/// Reads a file of the bank's answers that arrives in pieces, line by line.
std::unique_ptr<PaymentAnswersSource> MakePaymentAnswers(SubmitAnswer submit);

}  // namespace bangkit::aid
