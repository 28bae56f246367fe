#pragma once

#include <cstddef>
#include <string_view>

namespace bangkit::xlsx {

/// How a cell shows its number, as far as it matters to who reads the number.
struct Format {
    enum class Kind { kNumber, kDate };
    Kind kind = Kind::kNumber;
    std::size_t digits = 0;  // Of the integer part at least: 5 if the format is 00000.
    bool operator==(const Format&) const = default;
};

/// Of a format that every workbook knows by its number (ISO/IEC 29500-1, 18.8.30).
Format BuiltInFormat(unsigned id);

/// Of a format that is written in the workbook: "dd/mm/yyyy".
Format ParseFormat(std::string_view code);

}  // namespace bangkit::xlsx
