#pragma once

#include <deque>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/result.h"
#include "libs/csv/parser.h"

namespace bangkit::aid {

std::unexpected<Error> FileInvalid(std::string message);
std::unexpected<Error> LineInvalid(std::string message);

/// A column of a file that people or their programs send.
struct TableColumn {
    std::string_view name;
    std::string_view alias;  // In English.
    bool is_required = false;
};

inline constexpr csv::Limits kTableRow{.field_max = 2'048, .row_max = 8'192};

/// Reads a table with a header that arrives in pieces, as CSV or as an Excel workbook: its columns
/// in any order and case, those that nobody knows left out. Where it is cut makes no difference. A
/// workbook is read when it is whole, for its table of contents stands at its end: it has at most
/// 8 MiB and 100,000 rows, and nothing of a damaged one is taken.
class TableFile {
public:
    /// The cells of a line, by the order of the columns that were asked for, without blanks around
    /// them; empty where the file has no such column. INVALID_ARGUMENT, LINE_INVALID.
    using Line = Result<std::vector<std::string>>;

    explicit TableFile(std::initializer_list<TableColumn> columns) : columns_(columns) {}

    /// The next bytes. Take all lines with Next() before feeding more, else they pile up.
    /// INVALID_ARGUMENT, FILE_INVALID: it is no table, lacks a column, or is too large.
    Result<void> Feed(std::string_view bytes);
    /// There are no more bytes.
    Result<void> Finish();
    std::optional<Line> Next();

private:
    Result<void> ReadRows();
    Result<void> ReadWorkbook();
    Result<void> Take(const csv::Row& row);
    Result<void> ReadHeader(const csv::Row& row);
    Line ToLine(const csv::Row& row) const;

    const std::vector<TableColumn> columns_;
    std::string held_;     // Until it is known to be CSV; a workbook as a whole.
    bool is_csv_ = false;  // As far as it is known.
    csv::Parser csv_{kTableRow};
    std::vector<std::optional<std::size_t>> places_;  // By column; empty until the header is read.
    std::deque<Line> lines_;
};

/// As a word of a file is compared: without blanks around it, in small letters.
std::string ToWord(std::string_view text);

}  // namespace bangkit::aid
