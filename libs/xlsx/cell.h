#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "libs/xlsx/format.h"

namespace bangkit::xlsx {

/// The column of a cell's name, from 0: 27 for "AB12". nullopt if it has no such shape, or lies
/// behind the last column of Excel (XFD).
std::optional<std::size_t> ColumnOf(std::string_view name);

/// What a cell shows for the number that is stored as `text`; `text` itself if it is no number.
/// nullopt if it has more than 15 digits before the decimal separator: a spreadsheet has put zeros
/// in the place of all further ones. `counts_from_1904`: how the workbook numbers days.
std::optional<std::string> NumberText(std::string_view text, const Format& format,
                                      bool counts_from_1904);

/// How a spreadsheet shows a number that has lost digits: "3.67405410790900E+15".
std::string ScientificText(std::string_view text);

/// Without the escapes of ISO/IEC 29500-1, 22.9.2.19: "a_x000D_b" is a, a carriage return, b.
std::string Unescaped(std::string_view text);
/// What Unescaped() turns into `text`.
std::string Escaped(std::string_view text);

}  // namespace bangkit::xlsx
