#include <optional>

#include "libs/xlsx/reader.h"
#include "libs/xlsx/testing.h"
#include "tests/fuzz/fuzz.h"

namespace bangkit::fuzz {
namespace {

using namespace xlsx;

constexpr Limits kLimits = {.row = {.field_max = 64, .row_max = 256},
                            .columns_max = 16,
                            .shared_texts_max = 4'096,
                            .unpacked_max = 1 << 20};

void CheckRow(const csv::Row& row, std::size_t columns) {
    const bool has_fields =
        row.problem == csv::Problem::kNone || row.problem == csv::Problem::kDigitsLost;
    if (!has_fields) return Claim(row.fields.empty(), "a bad row is empty");
    Claim(row.fields.size() == columns, "a row has as many fields as the header");
    std::size_t size = 0;
    for (const std::string& field : row.fields) {
        Claim(field.size() <= kLimits.row.field_max, "no field is too long");
        Claim(field.find('\0') == std::string::npos, "no field holds NUL");
        size += field.size();
    }
    Claim(size <= kLimits.row.row_max, "no row is too long");
}

void ReadAll(std::string workbook) {
    MemorySource source(std::move(workbook));
    Result<Reader> reader = Reader::Open(source, kLimits);
    if (!reader) return Claim(reader.error().reason == "FILE_INVALID", "the reason");
    std::int64_t number = -1;
    std::size_t columns = 0;
    for (;;) {
        const Result<std::optional<csv::Row>> row = reader->Next();
        if (!row) {
            Claim(row.error().reason == "FILE_INVALID", "the reason");
            return Claim(reader->Next() == row, "an error stays");
        }
        if (!*row) return Claim(reader->Next() == row, "the end stays");
        Claim((*row)->number > number, "rows follow each other");
        if (number < 0) columns = (*row)->fields.size();
        number = (*row)->number;
        CheckRow(**row, columns);
    }
}

}  // namespace

/// `input`: an archive; or, after the digit of a part, the content of that part of a good one.
void Try(std::string_view input) {
    static const Parts good = PartsOf(
        {.rows = RowOf({"a", "b"}) + RowOf({"c", "d"}), .shared_texts = "<si><t>e</t></si>"});
    const std::size_t part = input.empty() ? good.size() : static_cast<std::size_t>(input[0] - '0');
    if (part >= good.size()) return ReadAll(std::string(input));
    Parts parts = good;
    parts[part].second = input.substr(1);
    ReadAll(ZipOf(parts, false));
}

std::vector<std::string> Seeds() {
    const WorkbookParts workbook = {
        .rows =
            R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c t="str"><f>B2</f><v>b</v></c></row>)"
            R"(<row r="2"><c r="B2" s="1"><v>46053</v></c></row><row/>)"
            R"(<row><c t="inlineStr"><is><r><t>x_x000D_</t></r></is></c><c><v>3.2E15</v></c></row>)"
            R"(<row r="9"><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>)",
        .shared_texts = R"(<si><t>a</t><rPh sb="0" eb="1"><t>x</t></rPh></si>)",
        .number_formats = R"(<numFmt numFmtId="164" formatCode="[$-421]dd mmmm yyyy;@"/>)",
        .cell_formats = R"(<xf numFmtId="0"/><xf numFmtId="164"/>)",
        .properties = R"(<workbookPr date1904="1"/>)"};
    const Parts parts = PartsOf(workbook);
    std::vector<std::string> seeds = {ZipOf(parts), "PK\x03\x04",
                                      "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        seeds.push_back(std::to_string(i) + parts[i].second);
    }
    return seeds;
}

}  // namespace bangkit::fuzz
