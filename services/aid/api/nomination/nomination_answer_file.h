#pragma once

#include <optional>
#include <string_view>

#include "services/aid/api/table_file.h"
#include "services/aid/domain/nomination/nominee.h"

namespace bangkit::aid {

/// Reads what an agency or its bank answers row by row, from a table (CSV or XLSX) that arrives in
/// pieces.
class NominationAnswerFile {
public:
    using Answer = NominationAnswer;
    /// What a line says, or why it cannot be taken: LINE_INVALID.
    using Line = Result<Answer>;

    NominationAnswerFile();

    /// INVALID_ARGUMENT, FILE_INVALID.
    Result<void> Feed(std::string_view bytes) { return table_.Feed(bytes); }
    Result<void> Finish() { return table_.Finish(); }
    std::optional<Line> Next();

private:
    TableFile table_;
};

}  // namespace bangkit::aid
