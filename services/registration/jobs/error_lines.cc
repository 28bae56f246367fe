#include "services/registration/jobs/error_lines.h"

#include <algorithm>

#include "libs/csv/writer.h"

namespace bangkit::registration {
namespace {

constexpr std::size_t kCellShown = 1'000;

std::string OnOneLine(std::string cell) {
    std::ranges::replace_if(cell, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return cell;
}

void Join(std::string& list, const std::string& text) {
    if (text.empty()) return;
    if (!list.empty()) list += " | ";
    list += text;
}

}  // namespace

std::string ErrorLines::Header() const {
    std::vector<std::string> cells = CellsOf(reader_.header().fields);
    cells.insert(cells.end(), std::begin(kNoteColumns), std::end(kNoteColumns));
    return csv::Line(cells, reader_.separator());
}

std::string ErrorLines::Line(const csv::Row& row, const RowProblems& problems) const {
    std::vector<std::string> cells = CellsOf(row.fields);
    if (row.fields.empty()) {
        cells = {OnOneLine(reader_.RawLine(row.offset))};
        cells.resize(CellsOf(reader_.header().fields).size());
    }
    std::string columns, reasons, messages;
    for (const v1::ImportRowProblem& problem : problems) {
        Join(columns, problem.column());
        Join(reasons, problem.reason());
        Join(messages, problem.message());
    }
    cells.insert(cells.end(), {std::to_string(row.number), columns, reasons, messages});
    return csv::Line(cells, reader_.separator());
}

std::vector<std::string> ErrorLines::CellsOf(const std::vector<std::string>& fields) const {
    std::vector<std::string> cells;
    for (std::size_t place = 0; place < fields.size(); ++place) {
        if (reader_.columns().IsNote(place)) continue;
        cells.push_back(OnOneLine(fields[place].substr(0, kCellShown)));
    }
    return cells;
}

}  // namespace bangkit::registration
