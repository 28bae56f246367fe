#include <optional>
#include <ranges>

#include "libs/csv/parser.h"
#include "libs/csv/writer.h"
#include "tests/fuzz/fuzz.h"

namespace bangkit::fuzz {
namespace {

constexpr csv::Limits kLimits = {.field_max = 64, .row_max = 256};

std::vector<csv::Row> Read(std::string_view file, std::size_t piece) {
    csv::Parser parser(kLimits);
    std::vector<csv::Row> rows;
    const auto take_all = [&] {
        while (std::optional<csv::Row> row = parser.Next()) rows.push_back(*std::move(row));
    };
    for (; !file.empty(); file.remove_prefix(std::min(piece, file.size()))) {
        parser.Feed(file.substr(0, piece));
        take_all();
    }
    parser.Finish();
    take_all();
    return rows;
}

void CheckRow(const csv::Row& row, std::size_t columns) {
    if (row.problem != csv::Problem::kNone) return Claim(row.fields.empty(), "a bad row is empty");
    Claim(row.fields.size() == columns, "a good row has as many fields as the header");
    std::size_t size = 0;
    for (const std::string& field : row.fields) {
        Claim(field.size() <= kLimits.field_max, "no field is too long");
        Claim(field.find('\0') == std::string::npos, "no field holds NUL");
        size += field.size();
    }
    Claim(size <= kLimits.row_max, "no row is too long");
}

/// What is written is read as the same cells, none of which is a formula.
void CheckWriting(const std::vector<csv::Row>& rows) {
    std::string file;
    std::vector<std::vector<std::string>> written;
    for (const csv::Row& row : rows) {
        if (row.problem != csv::Problem::kNone) continue;
        if (row.fields.size() == 1 && row.fields[0].empty()) continue;  // An empty line.
        file += csv::Line(row.fields);
        std::vector<std::string>& cells = written.emplace_back();
        for (const std::string& field : row.fields) cells.push_back(csv::WithoutFormula(field));
    }
    if (file.starts_with("\xEF\xBB\xBF") || file.starts_with("\xFF\xFE") ||
        file.starts_with("\xFE\xFF")) {
        return;  // A field that looks like a mark.
    }
    csv::Parser parser;
    parser.Feed(file);
    parser.Finish();
    for (const std::vector<std::string>& cells : written) {
        const std::optional<csv::Row> row = parser.Next();
        Claim(row && row->fields == cells, "what is written is read");
    }
    Claim(!parser.Next(), "nothing else is read");
}

}  // namespace

void Try(std::string_view input) {
    const std::vector<csv::Row> rows = Read(input, std::size_t{1} << 20);
    const std::size_t columns = rows.empty() ? 0 : rows[0].fields.size();
    std::int64_t number = 0;
    std::int64_t offset = -1;
    for (const csv::Row& row : rows) {
        Claim(row.number == number++, "rows are numbered");
        Claim(row.offset > offset && row.offset < std::ssize(input), "rows follow each other");
        offset = row.offset;
        CheckRow(row, columns);
    }
    for (const std::size_t piece : {1U, 2U, 3U, 7U, 100U}) {
        Claim(Read(input, piece) == rows, "where a file is cut makes no difference");
    }
    CheckWriting(rows);
}

std::vector<std::string> Seeds() {
    using namespace std::string_literals;
    return {"nik,nama\n3674054107909001,Siti\n",
            "\xEF\xBB\xBFnik;nama\r\n1;\"a;\"\"b\"\"\"\r\n\r\n2;c",
            "a\tb\r1\t\"x\ry\"\r",
            "a,b\n=1+1,+62812\n@x,-5\n\t=1,'x\n",
            "a,b\n\"c,d\ne,f\n\"g\"h,i\n",
            "a,b\n1\n1,2,3\n",
            "a\0,b\n"s,
            "\xFF\xFE"
            "a\0"s,
            "a\n" + std::string(100, 'x') + "\nb\n" + std::string(300, ',')};
}

}  // namespace bangkit::fuzz
