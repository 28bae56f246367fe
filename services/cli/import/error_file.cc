#include "services/cli/import/error_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include "libs/csv/parser.h"
#include "libs/csv/writer.h"
#include "services/cli/failure.h"

namespace bangkit::cli {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;
constexpr std::size_t kLineShown = 2'000;

/// The beginning of the line at `offset`, for a row that cannot be told into fields.
std::string RawLine(std::ifstream& file, std::int64_t offset) {
    std::string line(kLineShown, '\0');
    file.clear();
    file.seekg(offset);
    file.read(line.data(), static_cast<std::streamsize>(line.size()));
    line.resize(static_cast<std::size_t>(file.gcount()));
    line.resize(std::min(line.find_first_of("\r\n"), line.size()));
    std::ranges::replace(line, '\0', ' ');
    return line;
}

class ErrorFile {
public:
    ErrorFile(const std::filesystem::path& source, const std::filesystem::path& target,
              const RowFailures& failures)
        : failures_(failures), raw_(source, std::ios::binary) {
        const mode_t mask = umask(077);
        out_.open(target, std::ios::binary | std::ios::trunc);
        umask(mask);
        if (!out_) throw UsageError("cannot write " + target.string());
        using std::filesystem::perms;  // A file that was there may have had others.
        std::filesystem::permissions(target, perms::owner_read | perms::owner_write);
    }

    void Add(const csv::Row& row) {
        if (row.number == 0) return AddHeader(row);
        const auto found = failures_.find(row.number);
        if (found == failures_.end()) return;
        std::vector<std::string> cells = row.fields;
        if (row.problem != csv::Problem::kNone) cells = {RawLine(raw_, row.offset)};
        for (std::string& cell : cells) cell = OnOneLine(std::move(cell));
        cells.resize(columns_);
        const RowFailure& failure = found->second;
        cells.insert(cells.end(), {std::to_string(row.number), failure.columns, failure.reasons,
                                   failure.messages});
        out_ << csv::Line(cells, separator_);
    }

    /// False if not everything could be written.
    bool Close() {
        out_.close();
        return out_.good();
    }

private:
    void AddHeader(const csv::Row& row) {
        const std::string line = RawLine(raw_, row.offset);
        const std::size_t separator = line.find_first_of(",;\t");
        if (separator != std::string::npos) separator_ = line[separator];
        std::vector<std::string> cells = row.fields;
        for (std::string& cell : cells) cell = OnOneLine(std::move(cell));
        columns_ = std::max<std::size_t>(1, cells.size());
        cells.resize(columns_);
        cells.insert(cells.end(), {"baris", "kolom", "alasan", "pesan"});
        out_ << csv::Line(cells, separator_);
    }

    static std::string OnOneLine(std::string cell) {
        std::ranges::replace_if(cell, [](char c) { return c == '\n' || c == '\r'; }, ' ');
        return cell;
    }

    const RowFailures& failures_;
    std::ifstream raw_;
    std::ofstream out_;
    char separator_ = ',';
    std::size_t columns_ = 1;
};

}  // namespace

void WriteErrorFile(const std::filesystem::path& source, const std::filesystem::path& target,
                    const RowFailures& failures) {
    std::ifstream in(source, std::ios::binary);
    if (!in) throw UsageError("cannot read " + source.string());
    ErrorFile errors(source, target, failures);
    csv::Parser parser;
    std::string piece(kPiece, '\0');
    for (bool is_more = true; is_more;) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto count = static_cast<std::size_t>(in.gcount());
        is_more = count > 0;
        is_more ? parser.Feed(std::string_view(piece).substr(0, count)) : parser.Finish();
        while (const std::optional<csv::Row> row = parser.Next()) errors.Add(*row);
    }
    if (in.bad()) throw UsageError("cannot read " + source.string() + " to its end");
    if (!errors.Close()) throw UsageError("cannot write " + target.string());
}

}  // namespace bangkit::cli
