#include "services/registration/jobs/import_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "libs/csv/writer.h"
#include "services/registration/api/import_row.h"
#include "services/registration/jobs/import_conversion.h"

namespace bangkit::registration {
namespace {

constexpr std::size_t kFedAtOnce = std::size_t{64} << 10;
constexpr std::size_t kLineShown = 2'000;

/// Of the header that `text` begins with.
char SeparatorOf(std::string_view text) {
    bool is_quoted = false;
    for (const char c : text) {
        if (c == '"') is_quoted = !is_quoted;
        if (!is_quoted && std::string_view(",;\t").contains(c)) return c;
    }
    return ',';
}

}  // namespace

Result<ImportReader> ImportReader::Open(ImportPieces& pieces, bool is_converted) {
    csv::Parser parser;
    std::optional<csv::Row> header;
    std::int64_t fed = 0;
    for (bool is_more = true; !header && is_more; header = parser.Next()) {
        const std::string_view bytes = pieces.From(fed).substr(0, kFedAtOnce);
        is_more = !bytes.empty();
        is_more ? parser.Feed(bytes) : parser.Finish();
        fed += std::ssize(bytes);
    }
    if (!header) return std::unexpected(FileInvalid("the file has no header"));
    Result<Columns> columns = ColumnsOf(*header);
    if (!columns) return std::unexpected(std::move(columns.error()));
    const char separator = SeparatorOf(pieces.From(header->offset));
    return ImportReader(pieces, *std::move(header), *std::move(columns), separator, is_converted);
}

ImportReader::ImportReader(ImportPieces& pieces, csv::Row header, Columns columns, char separator,
                           bool is_converted)
    : pieces_(&pieces),
      header_(std::move(header)),
      columns_(std::move(columns)),
      separator_(separator),
      is_converted_(is_converted),
      header_line_(csv::Line(header_.fields, separator)) {
    GoTo(0, 0);
}

void ImportReader::GoTo(std::int64_t position, std::int64_t rows_passed) {
    parser_.emplace();
    is_finished_ = false;
    fed_ = position;
    offset_base_ = 0;
    number_base_ = rows_passed;
    if (position > 0) {
        offset_base_ = position - std::ssize(header_line_);
        parser_->Feed(header_line_);
    }
    do {
        ahead_ = Parsed();  // The header; then the row at `position`.
    } while (ahead_ && ahead_->number == number_base_);
    position_ = ahead_ ? ahead_->offset : pieces_->size();
    rows_passed_ = rows_passed;
}

Result<std::optional<csv::Row>> ImportReader::Next() {
    while (ahead_ && ahead_->problem != csv::Problem::kNotText) {
        std::optional<csv::Row> row = std::exchange(ahead_, Parsed());
        position_ = ahead_ ? ahead_->offset : pieces_->size();
        rows_passed_ = row->number;
        if (IsBlank(*row)) continue;
        if (is_converted_) TakeConversionNotes(*row);
        return row;
    }
    if (ahead_) return std::unexpected(FileInvalid("the file is not a text in UTF-8"));
    return std::nullopt;
}

std::optional<csv::Row> ImportReader::Parsed() {
    std::optional<csv::Row> row = parser_->Next();
    while (!row && !is_finished_) {
        const std::string_view bytes = pieces_->From(fed_).substr(0, kFedAtOnce);
        is_finished_ = bytes.empty();
        is_finished_ ? parser_->Finish() : parser_->Feed(bytes);
        fed_ += std::ssize(bytes);
        row = parser_->Next();
    }
    if (row) {
        row->number += number_base_;
        row->offset += offset_base_;
    }
    return row;
}

std::string ImportReader::RawLine(std::int64_t offset) const {
    std::string line(pieces_->From(offset).substr(0, kLineShown));
    line.resize(std::min(line.find_first_of("\r\n"), line.size()));
    std::ranges::replace(line, '\0', ' ');
    return line;
}

}  // namespace bangkit::registration
