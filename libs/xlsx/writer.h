#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "libs/base/result.h"

namespace bangkit::xlsx {

/// Writes a workbook with one worksheet in constant memory. Every cell is a text, so spreadsheet
/// programs show exactly what was written: no number loses a digit and nothing is a formula. Only
/// the owner may read the file, for most hold personal data.
class Writer {
public:
    static constexpr std::int64_t kRowsMax = 1'048'576;  // Excel's.

    /// Rows wait in a temporary file beside `file` until Close().
    explicit Writer(const std::filesystem::path& file);
    Writer(Writer&&) noexcept;
    /// Without Close() there is no file.
    ~Writer();

    /// The next row. Texts are written as ToPlainText() makes them. INVALID_ARGUMENT
    /// "TABLE_TOO_LARGE" if the sheet is full, or a cell has more than 32,767 characters.
    Result<void> Add(std::span<const std::string> cells);

    /// Makes the file. UNAVAILABLE "FILE_NOT_WRITTEN" if it cannot be written.
    Result<void> Close();

private:
    class Workbook;
    std::unique_ptr<Workbook> workbook_;
};

}  // namespace bangkit::xlsx
