#include "libs/csv/writer.h"

namespace bangkit::csv {
namespace {

// All separators that Parser knows, so that a reader that guesses the separator guesses right.
constexpr std::string_view kQuotedFor = ",;\t\"\r\n";
constexpr std::string_view kFormulaBegins = "=+-@\t\r\n";
constexpr std::string_view kNumberHolds = "0123456789 -.()";

std::string Quoted(std::string_view cell) {
    std::string quoted = "\"";
    for (const char c : cell) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted += '"';
}

}  // namespace

std::string Line(std::span<const std::string> cells, char separator) {
    std::string line;
    for (const std::string& each : cells) {
        if (&each != cells.data()) line += separator;
        const std::string cell = WithoutFormula(each);
        line += cell.find_first_of(kQuotedFor) == std::string::npos ? cell : Quoted(cell);
    }
    return line += '\n';
}

std::string WithoutFormula(std::string_view text) {
    std::string cell(text);
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos || !kFormulaBegins.contains(text[begin])) return cell;
    const bool is_number =
        (text[begin] == '+' || text[begin] == '-') &&
        text.find_first_not_of(kNumberHolds, begin + 1) == std::string_view::npos;
    return is_number ? cell : "'" + cell;
}

}  // namespace bangkit::csv
