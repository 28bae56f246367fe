#include "libs/xlsx/testing.h"

#include <zip.h>

#include <stdexcept>

namespace bangkit::xlsx {
namespace {

constexpr std::string_view kDeclaration =
    R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
constexpr std::string_view kMain =
    R"( xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")"
    R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";

std::string Document(std::string_view element, std::string_view content) {
    std::string document(kDeclaration);
    document.append("<").append(element).append(kMain).append(">");
    return document.append(content).append("</").append(element).append(">");
}

std::string Relationships(const Parts& targets) {
    std::string relationships(kDeclaration);
    relationships +=
        R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
    int number = 0;
    for (const auto& [type, target] : targets) {
        relationships +=
            "<Relationship Id=\"rId" + std::to_string(++number) +
            R"(" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/)" +
            type + "\" Target=\"" + target + "\"/>";
    }
    return relationships + "</Relationships>";
}

void Check(bool is_fine) {
    if (!is_fine) throw std::runtime_error("cannot make an archive");
}

}  // namespace

std::string ZipOf(const Parts& parts, bool is_packed) {
    zip_source_t* buffer = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    Check(buffer != nullptr);
    zip_source_keep(buffer);
    zip_t* zip = zip_open_from_source(buffer, ZIP_TRUNCATE, nullptr);
    Check(zip != nullptr);
    for (const auto& [name, content] : parts) {
        zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
        const zip_int64_t index = zip_file_add(zip, name.c_str(), source, 0);
        Check(index >= 0);
        if (is_packed) continue;
        Check(zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0) ==
              0);
    }
    Check(zip_close(zip) == 0);
    Check(zip_source_open(buffer) == 0);
    zip_source_seek(buffer, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(buffer)), '\0');
    zip_source_seek(buffer, 0, SEEK_SET);
    Check(zip_source_read(buffer, bytes.data(), bytes.size()) == std::ssize(bytes));
    zip_source_close(buffer);
    zip_source_free(buffer);
    return bytes;
}

Parts PartsOf(const WorkbookParts& workbook) {
    return {
        {"_rels/.rels", Relationships({{"officeDocument", "xl/workbook.xml"}})},
        {"xl/workbook.xml",
         Document("workbook", workbook.properties + "<sheets>" + workbook.sheets + "</sheets>")},
        {"xl/_rels/workbook.xml.rels", Relationships({{"worksheet", "worksheets/sheet1.xml"},
                                                      {"worksheet", "worksheets/sheet2.xml"},
                                                      {"sharedStrings", "sharedStrings.xml"},
                                                      {"styles", "styles.xml"}})},
        {"xl/sharedStrings.xml", Document("sst", workbook.shared_texts)},
        {"xl/styles.xml",
         Document("styleSheet", "<numFmts>" + workbook.number_formats + "</numFmts><cellXfs>" +
                                    workbook.cell_formats + "</cellXfs>")},
        {"xl/worksheets/sheet1.xml",
         Document("worksheet", "<sheetData>" + workbook.rows + "</sheetData>")},
        {"xl/worksheets/sheet2.xml",
         Document("worksheet", "<sheetData>" + RowOf({"second"}) + "</sheetData>")},
    };
}

std::string WorkbookOf(const std::string& rows) { return ZipOf(PartsOf({.rows = rows})); }

std::string RowOf(const std::vector<std::string>& texts) {
    std::string row = "<row>";
    for (const std::string& text : texts) {
        row += R"(<c t="inlineStr"><is><t xml:space="preserve">)" + text + "</t></is></c>";
    }
    return row + "</row>";
}

}  // namespace bangkit::xlsx
