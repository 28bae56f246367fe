#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "libs/csv/row.h"
#include "libs/xlsx/reader.h"

namespace bangkit::xlsx {

/// Makes rows of cells.
class RowBuilder {
public:
    explicit RowBuilder(const Limits& limits) : limits_(limits) {}

    /// `number`: of the row in the sheet, from 1.
    void Begin(std::int64_t number);
    /// A cell with content; columns ascend.
    void Add(std::size_t column, std::string_view text);
    /// A cell of which digits have been lost, and what is left of it.
    void AddDamaged(std::size_t column, std::string_view text);
    /// The row; nullopt if it has no content.
    std::optional<csv::Row> End();

private:
    bool IsReadable() const { return !row_.fields.empty() || row_.problem == csv::Problem::kNone; }
    void Put(std::size_t column, std::string_view text);
    void Refuse(csv::Problem problem);
    void FitToHeader();

    const Limits limits_;
    std::int64_t header_ = 0;  // The number of its row; 0 before it has been read.
    std::size_t columns_ = 0;  // As many as the header has.
    std::int64_t number_ = 0;
    std::size_t size_ = 0;  // Of all fields, in bytes.
    csv::Row row_;
};

}  // namespace bangkit::xlsx
