// Files of answers, as CSV and as workbooks: where they are cut, what spreadsheets make of them,
// and what is refused as a whole.
#include "services/aid/api/table_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/xlsx/testing.h"

namespace bangkit::aid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// "reference status" of each line, or why it cannot be taken; at the end why the file is not.
std::vector<std::string> Read(std::string_view file, std::size_t piece = std::string_view::npos) {
    TableFile table{{"nomor", "reference", true}, {"status", "status", true}};
    std::vector<std::string> lines;
    const auto take = [&](const Result<void>& read) {
        while (const auto line = table.Next()) {
            lines.push_back(*line ? (**line)[0] + " " + (**line)[1] : line->error().reason);
        }
        if (!read) lines.push_back(read.error().reason + ": " + read.error().message);
        return read.has_value();
    };
    while (!file.empty()) {
        const std::string_view next = file.substr(0, piece);
        file.remove_prefix(next.size());
        if (!take(table.Feed(next))) return lines;
    }
    take(table.Finish());
    return lines;
}

std::string Text(const std::string& text) {
    return R"(<c t="inlineStr"><is><t>)" + text + "</t></is></c>";
}

TEST(TableFile, IsTheSameAsCsvAndAsAWorkbookWhereverItIsCut) {
    const std::string csv = "Status;nama;NOMOR\r\nVALID;Siti; a-1 \r\n\r\nLULUS;;\r\n";
    const std::string workbook =
        xlsx::WorkbookOf(xlsx::RowOf({"Status", "nama", "NOMOR"}) +
                         xlsx::RowOf({"VALID", "Siti", " a-1 "}) + xlsx::RowOf({"LULUS"}));
    for (const std::string& file : {csv, workbook}) {
        for (const std::size_t piece : {1U, 3U, 8U, 1'000'000U}) {
            EXPECT_THAT(Read(file, piece), ElementsAre("a-1 VALID", " LULUS"));
        }
    }
}

TEST(TableFile, MayBeShorterThanASignature) {
    EXPECT_THAT(Read("a"), ElementsAre("FILE_INVALID: the file lacks a column"));
    EXPECT_THAT(Read("PK\x03\x04"), ElementsAre(HasSubstr("FILE_INVALID")));
    EXPECT_THAT(Read(""), ElementsAre("FILE_INVALID: the file has no header"));
}

TEST(TableFile, LosesNoLineToANikThatASpreadsheetHasRounded) {
    const std::string nik = "<c><v>1871054107909001</v></c>";
    const std::string file =
        xlsx::WorkbookOf(xlsx::RowOf({"nik", "nomor", "status"}) + "<row>" + nik + Text("a-1") +
                         Text("VALID") + "</row><row>" + Text("") + nik + Text("VALID") + "</row>");
    EXPECT_THAT(Read(file), ElementsAre("a-1 VALID", "LINE_INVALID"))
        << "a reference that has lost digits is another one";
}

TEST(TableFile, IsRefusedAsAWholeIfItsWorkbookIsDamagedOrTooLarge) {
    const std::string header = xlsx::RowOf({"nomor", "status"});
    const std::string row = xlsx::RowOf({"a", "VALID"});
    EXPECT_THAT(Read(xlsx::WorkbookOf(header + row + "<row r=\"1\">")),
                ElementsAre("FILE_INVALID: the Excel file is damaged"))
        << "nothing of it is taken";
    EXPECT_THAT(Read(xlsx::WorkbookOf(xlsx::RowOf({"nomor"}) + row)),
                ElementsAre("FILE_INVALID: the file lacks a column"));
    EXPECT_THAT(Read(xlsx::WorkbookOf("")), ElementsAre("FILE_INVALID: the file has no header"));
    constexpr std::size_t kTooLarge = (std::size_t{8} << 20) + 1;
    EXPECT_THAT(Read("PK\x03\x04" + std::string(kTooLarge, ' '), std::size_t{256} << 10),
                ElementsAre("FILE_INVALID: an Excel file may have at most 8 MiB"));
    std::string rows = header;
    for (int i = 0; i <= 100'000; ++i) rows += row;
    EXPECT_THAT(
        Read(xlsx::WorkbookOf(rows)),
        ElementsAre(HasSubstr("FILE_INVALID: an Excel file may have at most 100,000 rows")));
}

}  // namespace
}  // namespace bangkit::aid
