#include "services/cli/import/csv_text.h"

#include <algorithm>

namespace bangkit::cli {

std::string CsvLine(const std::vector<std::string>& fields, char separator) {
    std::string line;
    bool is_first = true;
    for (const std::string& field : fields) {
        if (!is_first) line += separator;
        is_first = false;
        if (field.find_first_of(",;\"\r\n") == std::string::npos) {
            line += field;
            continue;
        }
        line += '"';
        for (const char c : field) {
            if (c == '"') line += '"';
            line += c;
        }
        line += '"';
    }
    return line += '\n';
}

std::string WithoutFormula(std::string_view text) {
    std::string cell(text);
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return cell;
    const bool is_suspicious = std::string_view("=+-@\t\r\n").contains(text[begin]);
    const bool is_signed = text[begin] == '+' || text[begin] == '-';
    const bool is_number =
        is_signed && text.find_first_not_of("0123456789 -.()", begin + 1) == std::string_view::npos;
    if (is_suspicious && !is_number) cell.insert(0, 1, '\'');
    return cell;
}

}  // namespace bangkit::cli
