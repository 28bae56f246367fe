#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/xlsx/reader.h"

namespace bangkit::xlsx {

/// What reading a workbook to its end gives.
struct Reading {
    std::vector<csv::Row> rows;
    std::optional<Error> error;

    /// The rows' fields; those with a problem as its number and column: {"!5 at 0"}.
    std::vector<std::vector<std::string>> fields() const {
        std::vector<std::vector<std::string>> fields;
        for (const csv::Row& row : rows) {
            const auto problem = std::to_string(static_cast<int>(row.problem));
            fields.push_back(
                row.problem == csv::Problem::kNone
                    ? row.fields
                    : std::vector{"!" + problem + " at " + std::to_string(row.column)});
        }
        return fields;
    }
};

inline Reading Read(Source& source, const Limits& limits = {}) {
    Reading reading;
    Result<Reader> reader = Reader::Open(source, limits);
    if (!reader) {
        reading.error = reader.error();
        return reading;
    }
    for (;;) {
        Result<std::optional<csv::Row>> row = reader->Next();
        if (!row) reading.error = row.error();
        if (!row || !*row) return reading;
        reading.rows.push_back(**std::move(row));
    }
}

inline Reading Read(std::string workbook, const Limits& limits = {}) {
    MemorySource source(std::move(workbook));
    return Read(source, limits);
}

}  // namespace bangkit::xlsx
