#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bangkit::csv {

/// One line of a CSV file with its line end: cells are quoted where they have to be, and none is
/// run by a spreadsheet program that opens the file, for each goes through WithoutFormula().
std::string Line(std::span<const std::string> cells, char separator = ',');

/// `text` as a cell that a spreadsheet program shows and never runs: one that would be a formula
/// begins with an apostrophe. A signed number ("+62812...") is none.
std::string WithoutFormula(std::string_view text);

}  // namespace bangkit::csv
