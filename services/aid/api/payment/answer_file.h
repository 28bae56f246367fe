#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/iso20022/answer_reader.h"
#include "services/aid/api/table_file.h"
#include "services/aid/domain/payment/payment.h"

namespace bangkit::aid {

/// Reads what a bank answers, from a file that arrives in pieces: pain.002, camt.054 or CSV, told
/// apart by how it begins. Where it is cut makes no difference.
class AnswerFile {
public:
    using Answer = BankAnswer;
    /// What a line says, or why it cannot be taken.
    using Line = Result<Answer>;

    /// The next bytes. Take all lines with Next() before feeding more, else they pile up.
    /// INVALID_ARGUMENT, FILE_INVALID: it is none of these files.
    Result<void> Feed(std::string_view bytes);
    /// There are no more bytes.
    Result<void> Finish();
    std::optional<Line> Next();

private:
    std::string begin_;  // Until it is known what it is.
    std::optional<iso20022::AnswerReader> xml_;
    std::optional<TableFile> table_;
};

}  // namespace bangkit::aid
