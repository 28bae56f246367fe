#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libs/base/result.h"
#include "libs/csv/parser.h"
#include "services/registration/api/import_columns.h"
#include "services/registration/storage/import_pieces.h"

namespace bangkit::registration {

/// The rows of an uploaded table, from any row on: a new reader that is told where another one
/// stood goes on with the same row.
class ImportReader {
public:
    /// FILE_INVALID. `pieces` must outlive it. `is_converted`: the table is of ImportConversion.
    static Result<ImportReader> Open(ImportPieces& pieces, bool is_converted);

    const Columns& columns() const { return columns_; }
    const csv::Row& header() const { return header_; }
    char separator() const { return separator_; }

    /// Goes on with the row that begins at `position`, of whose predecessors `rows_passed` count;
    /// 0, 0 is the first row of all.
    void GoTo(std::int64_t position, std::int64_t rows_passed);
    /// The next row that is not blank; nullopt behind the last one. FILE_INVALID if the file turns
    /// out to be no text.
    Result<std::optional<csv::Row>> Next();
    /// Where the next row begins, and how many come before it: for GoTo().
    std::int64_t position() const { return position_; }
    std::int64_t rows_passed() const { return rows_passed_; }
    bool IsAtEnd() const { return !ahead_; }

    /// The beginning of the line at `offset`, for a row that cannot be told into fields.
    std::string RawLine(std::int64_t offset) const;

private:
    ImportReader(ImportPieces& pieces, csv::Row header, Columns columns, char separator,
                 bool is_converted);

    std::optional<csv::Row> Parsed();

    ImportPieces* pieces_;
    csv::Row header_;
    Columns columns_;
    char separator_;
    bool is_converted_;
    std::string header_line_;  // As the parser is told it before it goes on in mid-file.

    std::optional<csv::Parser> parser_;
    std::optional<csv::Row> ahead_;  // The row behind the last one that was returned.
    std::int64_t fed_ = 0;           // The file, up to here.
    std::int64_t offset_base_ = 0;   // What the parser's offsets and numbers count from.
    std::int64_t number_base_ = 0;
    bool is_finished_ = false;
    std::int64_t position_ = 0;
    std::int64_t rows_passed_ = 0;
};

}  // namespace bangkit::registration
