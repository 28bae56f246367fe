#include "services/aid/api/table_file.h"

#include <algorithm>
#include <utility>

#include "libs/base/text.h"
#include "libs/xlsx/reader.h"

namespace bangkit::aid {
namespace {

constexpr std::size_t kSignature = 8;  // Bytes by which a workbook is known.
constexpr std::size_t kWorkbookMax = std::size_t{8} << 20;
constexpr std::size_t kRowsMax = 100'000;
constexpr xlsx::Limits kWorkbook{.row = kTableRow,
                                 .shared_texts_max = std::size_t{16} << 20,
                                 .unpacked_max = std::int64_t{64} << 20};

}  // namespace

std::unexpected<Error> FileInvalid(std::string message) {
    return Refused(ErrorCode::kInvalidArgument, "FILE_INVALID", std::move(message));
}
std::unexpected<Error> LineInvalid(std::string message) {
    return Refused(ErrorCode::kInvalidArgument, "LINE_INVALID", std::move(message));
}

Result<void> TableFile::Feed(std::string_view bytes) {
    if (is_csv_) {
        csv_.Feed(bytes);
        return ReadRows();
    }
    held_ += bytes;
    if (held_.size() < kSignature) return {};
    is_csv_ = !xlsx::IsWorkbook(held_);
    if (is_csv_) return Feed(std::exchange(held_, {}));
    if (held_.size() > kWorkbookMax) return FileInvalid("an Excel file may have at most 8 MiB");
    return {};
}

Result<void> TableFile::Finish() {
    if (!is_csv_ && xlsx::IsWorkbook(held_)) {
        Result<void> read = ReadWorkbook();
        if (!read) lines_.clear();
        return read;
    }
    csv_.Feed(held_);
    csv_.Finish();
    if (Result<void> read = ReadRows(); !read) return read;
    if (places_.empty()) return FileInvalid("the file has no header");
    return {};
}

std::optional<TableFile::Line> TableFile::Next() {
    if (lines_.empty()) return std::nullopt;
    Line line = std::move(lines_.front());
    lines_.pop_front();
    return line;
}

Result<void> TableFile::ReadRows() {
    while (const std::optional<csv::Row> row = csv_.Next()) {
        if (row->problem == csv::Problem::kNotText) return FileInvalid("the file is no text");
        if (Result<void> taken = Take(*row); !taken) return taken;
    }
    return {};
}

Result<void> TableFile::ReadWorkbook() {
    xlsx::MemorySource source(std::exchange(held_, {}));
    Result<xlsx::Reader> reader = xlsx::Reader::Open(source, kWorkbook);
    if (!reader) return std::unexpected(std::move(reader.error()));
    for (;;) {
        const Result<std::optional<csv::Row>> row = reader->Next();
        if (!row) return std::unexpected(row.error());
        if (!*row) break;
        if (lines_.size() == kRowsMax) {
            return FileInvalid("an Excel file may have at most 100,000 rows: save it as CSV");
        }
        if (Result<void> taken = Take(**row); !taken) return taken;
    }
    if (places_.empty()) return FileInvalid("the file has no header");
    return {};
}

Result<void> TableFile::Take(const csv::Row& row) {
    if (places_.empty()) return ReadHeader(row);
    lines_.push_back(ToLine(row));
    return {};
}

Result<void> TableFile::ReadHeader(const csv::Row& row) {
    std::vector<std::optional<std::size_t>> places(columns_.size());
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        const std::string word = ToWord(row.fields[i]);
        const auto column = std::ranges::find_if(columns_, [&](const TableColumn& each) {
            return word == each.name || word == each.alias;
        });
        if (column == columns_.end()) continue;
        auto& place = places[static_cast<std::size_t>(column - columns_.begin())];
        if (place) return FileInvalid("the file has a column twice");
        place = i;
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (columns_[i].is_required && !places[i]) return FileInvalid("the file lacks a column");
    }
    places_ = std::move(places);
    return {};
}

TableFile::Line TableFile::ToLine(const csv::Row& row) const {
    // Lists come back as they were sent: what a spreadsheet has made of a NIK in them is not asked.
    const bool is_readable = row.problem == csv::Problem::kNone ||
                             (row.problem == csv::Problem::kDigitsLost &&
                              std::ranges::find(places_, row.column) == places_.end());
    if (!is_readable) return LineInvalid("the line cannot be read");
    std::vector<std::string> cells;
    for (const std::optional<std::size_t>& place : places_) {
        cells.emplace_back(place ? Trimmed(row.fields.at(*place)) : std::string_view());
    }
    return cells;
}

std::string ToWord(std::string_view text) {
    std::string lower(Trimmed(text));
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

}  // namespace bangkit::aid
