#include "services/registration/jobs/import_conversion.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "libs/csv/writer.h"
#include "libs/xlsx/reader.h"

namespace bangkit::registration {
namespace {

constexpr std::size_t kPieceSize = std::size_t{192} << 10;
constexpr std::size_t kNotes = 3;
// More than any value can have that is right, and too little to be no field of CSV.
constexpr std::size_t kCellMax = 2'000;

/// The uploaded pieces as the file that they are. The libraries that read it are of C: no exception
/// may pass them.
class PieceSource final : public xlsx::Source {
public:
    explicit PieceSource(ImportPieces& pieces) : pieces_(pieces) {}

    std::int64_t size() const override { return pieces_.size(); }
    Result<void> Read(std::int64_t offset, std::span<char> bytes) override {
        try {
            while (!bytes.empty()) {
                const std::string_view found = pieces_.From(offset).substr(0, bytes.size());
                std::ranges::copy(found, bytes.begin());
                offset += std::ssize(found);
                bytes = bytes.subspan(found.size());
            }
            return {};
        } catch (...) {
            failure_ = std::current_exception();
            return Refused(ErrorCode::kUnavailable, "DATABASE_UNREACHABLE", "please try again");
        }
    }
    void RethrowFailure() const {
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    ImportPieces& pieces_;
    std::exception_ptr failure_;
};

std::vector<std::string> WithoutNotes(const Columns& columns,
                                      const std::vector<std::string>& cells) {
    std::vector<std::string> kept;
    for (std::size_t place = 0; place < cells.size(); ++place) {
        if (!columns.IsNote(place)) kept.push_back(cells[place].substr(0, kCellMax));
    }
    return kept;
}

/// Where the column at `place` of the sheet is without them.
std::size_t PlaceWithoutNotes(const Columns& columns, std::size_t place) {
    std::size_t kept = 0;
    for (std::size_t before = 0; before < place; ++before) kept += columns.IsNote(before) ? 0 : 1;
    return kept;
}

std::int64_t NumberOf(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

Result<std::int64_t> ImportConversion::Run(std::int64_t workbook_size,
                                           const std::stop_token& stop) {
    {
        postgres::Transaction transaction(connection_);
        KeepLease(transaction, lease_);
        RemoveConvertedPieces(transaction, lease_.job_id);
        transaction.Commit();
    }
    ImportPieces pieces(connection_, seal_, lease_.job_id, ImportPart::kUploaded, workbook_size);
    PieceSource source(pieces);
    Result<xlsx::Reader> reader = xlsx::Reader::Open(source);
    source.RethrowFailure();
    if (!reader) return std::unexpected(std::move(reader.error()));
    std::optional<Columns> columns;
    std::size_t width = 0;
    while (!stop.stop_requested()) {
        Result<std::optional<csv::Row>> row = reader->Next();
        source.RethrowFailure();
        if (!row) return std::unexpected(std::move(row.error()));
        if (!*row) {
            if (!columns) return std::unexpected(FileInvalid("the file has no header"));
            SavePiece();
            postgres::Transaction transaction(connection_);
            SaveConverted(transaction, lease_, saved_);
            transaction.Commit();
            return saved_;
        }
        csv::Row& read = **row;
        if (!columns) {
            Result<Columns> parsed = Columns::Parse(read.fields);
            if (!parsed) return std::unexpected(std::move(parsed.error()));
            columns = *std::move(parsed);
            std::vector<std::string> names = WithoutNotes(*columns, read.fields);
            width = names.size();
            names.insert(names.end(), kNoteColumns, kNoteColumns + kNotes);
            Add(csv::Line(names));
            continue;
        }
        std::vector<std::string> cells = WithoutNotes(*columns, read.fields);
        cells.resize(width);
        cells.insert(cells.end(), {std::to_string(read.number),
                                   std::to_string(PlaceWithoutNotes(*columns, read.column)),
                                   std::to_string(static_cast<int>(read.problem))});
        Add(csv::Line(cells));
    }
    return 0;
}

void ImportConversion::Add(const std::string& line) {
    piece_ += line;
    if (piece_.size() >= kPieceSize) SavePiece();
}

void ImportConversion::SavePiece() {
    if (piece_.empty()) return;
    postgres::Transaction transaction(connection_);
    KeepLease(transaction, lease_);
    SaveConvertedPiece(transaction, seal_, lease_.job_id, saved_, piece_);
    transaction.Commit();
    saved_ += std::ssize(piece_);
    piece_.clear();
}

void TakeConversionNotes(csv::Row& row) {
    if (row.fields.size() <= kNotes) return;
    const std::size_t notes = row.fields.size() - kNotes;
    row.number = NumberOf(row.fields[notes]);
    row.column = static_cast<std::size_t>(NumberOf(row.fields[notes + 1]));
    row.problem = static_cast<csv::Problem>(NumberOf(row.fields[notes + 2]));
}

}  // namespace bangkit::registration
