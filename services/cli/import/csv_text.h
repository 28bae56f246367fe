#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bangkit::cli {

/// One line of CSV with its line end; fields are quoted where they have to be.
std::string CsvLine(const std::vector<std::string>& fields, char separator = ',');

/// `text` as a cell that a spreadsheet program shows and never runs: one that would be a formula
/// begins with a quote. A signed number ("+62812...") is none.
std::string WithoutFormula(std::string_view text);

}  // namespace bangkit::cli
