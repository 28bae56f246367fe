#pragma once

#include "bangkit/aid/v1/payment_service.pb.h"
#include "services/aid/api/answer_stream.h"
#include "services/aid/api/payment/answer_file.h"

namespace bangkit::aid {

/// A file of the bank's answers, read line by line.
using PaymentAnswers =
    AnswerStream<v1::UploadPaymentAnswersRequest, v1::UploadPaymentAnswersResponse, AnswerFile>;

}  // namespace bangkit::aid
