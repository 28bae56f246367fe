#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/aid/api/table_file.h"
#include "services/aid/domain/referral/referral.h"

namespace bangkit::aid {

/// What a partner says of one referral.
struct ReferralAnswer {
    std::string reference;  // The id without dashes.
    AnswerReferral said;
    std::optional<Date> answered_on;
};

/// Reads what a partner answers, from a CSV file that arrives in pieces; see AnswerStream.
class ReferralAnswerFile {
public:
    using Answer = ReferralAnswer;
    using Line = Result<Answer>;

    Result<void> Feed(std::string_view bytes) { return table_.Feed(bytes); }
    Result<void> Finish() { return table_.Finish(); }
    /// INVALID_ARGUMENT, LINE_INVALID.
    std::optional<Line> Next();

private:
    TableFile table_{{"referensi", "reference", true},
                     {"jawaban", "answer", true},
                     {"alasan", "reasons"},
                     {"bentuk", "forms"},
                     {"bulan", "months"},
                     {"tanggal", "answered_on"}};
};

}  // namespace bangkit::aid
