#pragma once

#include "bangkit/aid/v1/nomination_service.pb.h"
#include "services/aid/api/answer_stream.h"
#include "services/aid/api/nomination/nomination_answer_file.h"

namespace bangkit::aid {

/// A file of what an agency or its bank answers, read line by line.
using NominationAnswers = AnswerStream<v1::UploadNominationAnswersRequest,
                                       v1::UploadNominationAnswersResponse, NominationAnswerFile>;

}  // namespace bangkit::aid
