#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "libs/csv/parser.h"
#include "libs/iso20022/answer_reader.h"
#include "services/aid/domain/payment.h"

namespace bangkit::aid {

/// Reads what a bank answers, from a file that arrives in pieces: pain.002, camt.054 or CSV, told
/// apart by how it begins. Where it is cut makes no difference.
class AnswerFile {
public:
    /// What a line says, or why it cannot be taken.
    using Line = Result<BankAnswer>;

    /// The next bytes. Take all lines with Next() before feeding more, else they pile up.
    /// INVALID_ARGUMENT, FILE_INVALID: it is none of these files.
    Result<void> Feed(std::string_view bytes);
    /// There are no more bytes.
    Result<void> Finish();
    std::optional<Line> Next();

private:
    enum class Column { kReference, kStatus, kReason, kAmount, kAttempt };
    using Columns = std::map<Column, std::size_t>;

    Result<void> ReadRows();
    static std::optional<Columns> ColumnsOf(const csv::Row& row);
    Line ToLine(const csv::Row& row) const;

    std::string begin_;  // Until it is known what it is.
    std::optional<iso20022::AnswerReader> xml_;
    std::optional<csv::Parser> csv_;
    std::optional<Columns> columns_;  // Unset until the header has been read.
    std::deque<Line> lines_;          // Of a CSV file.
};

}  // namespace bangkit::aid
