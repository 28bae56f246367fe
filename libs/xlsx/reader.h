#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "libs/base/result.h"
#include "libs/csv/parser.h"
#include "libs/xlsx/source.h"

namespace bangkit::xlsx {

/// What a workbook may make us do. The defaults fit files that people make, and a sheet of
/// 1,000,000 rows whose texts stand in their cells, as Writer writes it.
struct Limits {
    csv::Limits row = {};
    std::size_t columns_max = 256;
    std::size_t shared_texts_max = std::size_t{64} << 20;  // Bytes: texts are kept while reading.
    std::int64_t unpacked_max = std::int64_t{4} << 30;     // Bytes of the whole reading.
};

/// Whether a file that begins with these bytes (8 are enough) is for Reader: a ZIP archive, or what
/// Excel wrote before 2007 and writes with a password, which Open() refuses with a clear sentence.
bool IsWorkbook(std::string_view first_bytes);

/// Reads the first visible worksheet of an Excel workbook (.xlsx, ISO/IEC 29500) row by row, as
/// csv::Parser reads a CSV file: the first row that is not empty is the header and has number 0, a
/// row's number is how far below the header it stands, and rows without content are left out. All
/// rows have as many fields as the header: cells that are missing are empty.
///
/// A field is the text that an officer sees: numbers in plain digits, never as 3.2E+15; dates as
/// YYYY-MM-DD; the result of a formula as it was stored, for nothing is calculated. A number of
/// more than 15 digits has lost the others when it was typed (a NIK in a cell that is not text):
/// its row has Problem::kDigitsLost, and its field is 3.67405410790900E+15, which nobody takes for
/// the number that was meant.
///
/// Needs the memory of one row, of the shared texts, and 1 MiB. No file makes it need more, open
/// anything else, or read for longer than the limits say.
class Reader {
public:
    /// INVALID_ARGUMENT "FILE_INVALID" if this is no workbook that can be read: the message says
    /// why. `source` must live as long as the reader.
    static Result<Reader> Open(Source& source, const Limits& limits = {});
    Reader(Reader&&) noexcept;
    ~Reader();

    /// The next row; nullopt behind the last one. An error, always the same from then on, if the
    /// file turns out to be damaged or too large; rows read before it are good.
    Result<std::optional<csv::Row>> Next();

private:
    class Sheet;
    explicit Reader(std::unique_ptr<Sheet> sheet);

    std::unique_ptr<Sheet> sheet_;
};

}  // namespace bangkit::xlsx
