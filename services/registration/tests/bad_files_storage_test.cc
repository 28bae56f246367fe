// Files that people, spreadsheet programs and attackers send: what is said of each, and that the
// rows which are good are registered all the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libs/csv/parser.h"
#include "libs/xlsx/testing.h"
#include "services/registration/tests/import_fixture.h"

namespace bangkit::registration {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr v1::ImportFileFormat kCsv = v1::IMPORT_FILE_FORMAT_CSV;
constexpr v1::ImportFileFormat kXlsx = v1::IMPORT_FILE_FORMAT_XLSX;

const std::string kCsvHeader = "nik,nama_pemilik,nama_usaha,jenis,kode_wilayah,kbli\n";
const std::string kRest = ",Siti,Warung,UMKM,36.74.05.1002,4711\n";  // Behind a NIK.

std::string CsvRow(int number) { return NikOf(number) + kRest; }

const std::string kSheetHeader =
    xlsx::RowOf({"nik", "nama_pemilik", "nama_usaha", "jenis", "kode_wilayah", "kbli", "telepon"});

/// A row of a sheet with these cells in front and good ones behind: "<c><v>1</v></c>".
std::string SheetRow(const std::string& nik_cell, const std::string& phone_cell = "") {
    std::string rest = xlsx::RowOf({"Siti", "Warung", "UMKM", "36.74.05.1002", "4711"});
    rest.insert(rest.find("</row>"), phone_cell);
    return rest.insert(rest.find("<c"), nik_cell);
}
std::string TextCell(const std::string& text) { return "<c t=\"str\"><v>" + text + "</v></c>"; }
std::string NumberCell(const std::string& number) { return "<c><v>" + number + "</v></c>"; }
std::string Sheet(const std::string& rows) { return xlsx::WorkbookOf(kSheetHeader + rows); }

struct Case {
    std::string name;
    v1::ImportFileFormat format;
    std::string file;
    std::vector<std::string> outcome;
};
void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

class BadFilesTest : public ImportJobsTest {
protected:
    std::string Imported(v1::ImportFileFormat format, const std::string& file) {
        v1::CreateImportJobRequest request = NewJob();
        request.set_format(format);
        const std::string job = Created(request, officer_);
        Upload(job, file, officer_);
        Work();
        return job;
    }

    /// "2 registered, 0 unchanged", a line for each failed row, and why the file failed, if it did.
    std::vector<std::string> OutcomeOf(const std::string& id) const {
        const v1::ImportJob job = Get(id);
        std::vector<std::string> outcome = {std::to_string(job.registered()) + " registered, " +
                                            std::to_string(job.unchanged()) + " unchanged"};
        csv::Parser errors;
        errors.Feed(Errors(id));
        errors.Finish();
        while (const std::optional<csv::Row> row = errors.Next()) {
            if (row->number == 0) continue;
            const auto note = row->fields.end() - 4;  // baris, kolom, alasan, pesan.
            outcome.push_back("row " + note[0] + ": " + note[1] + " " + note[2]);
        }
        const Error failure = bangkit::status::FromProto(job.failure());
        if (!failure.message.empty()) outcome.push_back(failure.reason + ": " + failure.message);
        return outcome;
    }
};

class BadFiles : public BadFilesTest, public ::testing::WithParamInterface<Case> {};

TEST_P(BadFiles, AreAnsweredWithWhatIsWrong) {
    EXPECT_EQ(OutcomeOf(Imported(GetParam().format, GetParam().file)), GetParam().outcome);
}

const std::string kNone = "0 registered, 0 unchanged";
const std::string kOne = "1 registered, 0 unchanged";
const std::string kNoText = "FILE_INVALID: the file is not a text in UTF-8";
const std::string kNoWorkbook = "FILE_INVALID: the file is no Excel workbook (.xlsx)";
const std::string kOldExcel =
    "FILE_INVALID: the Excel file has a password or an old format: save it as .xlsx without one";
const std::string kDamaged = "FILE_INVALID: the Excel file is damaged";
const std::string kCompoundFile = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0');

INSTANTIATE_TEST_SUITE_P(
    Csv, BadFiles,
    ::testing::Values(
        // No table at all: the file is refused as a whole.
        Case{"Empty", kCsv, "", {kNone, "FILE_INVALID: the file has no header"}},
        Case{"Utf16", kCsv, "\xFF\xFEn\0i\0k\0\n\0"s, {kNone, kNoText}},
        Case{"Utf16BigEndian", kCsv, "\xFE\xFF\0n\0i\0k\0\n"s, {kNone, kNoText}},
        Case{"Utf16WithoutMark", kCsv, "n\0i\0k\0\n\0"s, {kNone, kNoText}},
        Case{"Picture", kCsv, "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s, {kNone, kNoText}},
        Case{"OldExcel", kCsv, kCompoundFile, {kNone, kNoText}},
        Case{"WorkbookSentAsCsv", kCsv, Sheet(""), {kNone, kNoText}},
        Case{"Document",
             kCsv,
             "%PDF-1.4\n",
             {kNone, "FILE_INVALID: column 1 of the header has no known name"}},
        Case{"NoHeader",
             kCsv,
             CsvRow(1),
             {kNone, "FILE_INVALID: column 1 of the header has no known name"}},
        Case{"HeaderThatIsNeverClosed",
             kCsv,
             "\"" + std::string(100'000, 'x'),
             {kNone, "FILE_INVALID: the header cannot be read"}},
        Case{"NulInARow", kCsv, kCsvHeader + CsvRow(1) + "\0"s + CsvRow(2), {kOne, kNoText}},
        // A bad row is one bad row.
        Case{"Ragged",
             kCsv,
             kCsvHeader + "too,few\n" + CsvRow(1) + "1,2,3,4,5,6,7\n",
             {kOne, "row 1:  COLUMN_COUNT_WRONG", "row 3:  COLUMN_COUNT_WRONG"}},
        Case{"CellOfOneMegabyte",
             kCsv,
             kCsvHeader + std::string(1 << 20, '1') + kRest + CsvRow(1),
             {kOne, "row 1:  ROW_TOO_LONG"}},
        Case{"QuotedCellOfOneMegabyte",
             kCsv,
             kCsvHeader + "\"" + std::string(1 << 20, '1') + "\"" + kRest + CsvRow(1),
             {kOne, "row 1:  ROW_TOO_LONG"}},
        Case{"TextBehindAQuote",
             kCsv,
             kCsvHeader + "\"1\"2" + kRest + CsvRow(1),
             {kOne, "row 1:  QUOTES_INVALID"}},
        Case{"NotUtf8",
             kCsv,
             kCsvHeader + NikOf(2) + ",Caf\xE9,Warung,UMKM,36.74.05.1002,4711\n" + CsvRow(1),
             {kOne, "row 1: nama_pemilik TEXT_INVALID"}},
        Case{"NikOfFifteenDigits",
             kCsv,
             kCsvHeader + NikOf(2).substr(1) + kRest + CsvRow(1),
             {kOne, "row 1: nik NIK_INVALID"}},
        Case{"NikInScientificNotation",
             kCsv,
             kCsvHeader + "3.2E+15" + kRest + CsvRow(1),
             {kOne, "row 1: nik NIK_INVALID"}},
        Case{"NikTwice",
             kCsv,
             kCsvHeader + CsvRow(1) + NikOf(1) + ",Siti,Toko,PKL,36.74.05.1002,4711\n",
             {kOne, "row 2: nik NIK_ALREADY_REGISTERED"}},
        Case{"RowTwice", kCsv, kCsvHeader + CsvRow(1) + CsvRow(1), {"1 registered, 1 unchanged"}},
        // Nothing is wrong with these.
        Case{"MarkSemicolonsAndCrlf",
             kCsv,
             "\xEF\xBB\xBFnik;nama_pemilik;nama_usaha;jenis;kode_wilayah;kbli\r\n" + NikOf(1) +
                 ";Siti;\"Warung; \"\"Ani\"\"\";UMKM;36.74.05.1002;4711\r\n\r\n",
             {kOne}},
        Case{"TabsAndEnglish",
             kCsv,
             "owner_name\tbusiness_name\tkind\tregion_code\tkbli\nSiti\tWarung\tGroup\t"
             "36.74.05.1002\t4711",
             {kOne}}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Xlsx, BadFiles,
    ::testing::Values(
        Case{"CsvSentAsWorkbook", kXlsx, kCsvHeader + CsvRow(1), {kNone, kNoWorkbook}},
        Case{"Empty", kXlsx, "", {kNone, kNoWorkbook}},
        Case{"OldOrEncrypted", kXlsx, kCompoundFile, {kNone, kOldExcel}},
        Case{"OpenDocument",
             kXlsx,
             xlsx::ZipOf({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}),
             {kNone, kNoWorkbook}},
        Case{"CutOff", kXlsx, Sheet("").substr(0, 1'000), {kNone, kDamaged}},
        Case{"WithEntities",
             kXlsx,
             [] {
                 xlsx::Parts parts = xlsx::PartsOf({.rows = ""});
                 parts[5].second = "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>";
                 return xlsx::ZipOf(parts);
             }(),
             {kNone, kDamaged}},
        Case{"ZipBomb",
             kXlsx,
             Sheet(std::string(30 << 20, ' ')),
             {kNone, "FILE_INVALID: the Excel file unpacks to more than is allowed"}},
        Case{
            "NoRows", kXlsx, xlsx::WorkbookOf(""), {kNone, "FILE_INVALID: the file has no header"}},
        Case{"NoHeader",
             kXlsx,
             xlsx::WorkbookOf(SheetRow(TextCell(NikOf(1)))),
             {kNone, "FILE_INVALID: column 1 of the header has no known name"}},
        Case{"ContentBehindTheHeader",
             kXlsx,
             Sheet(SheetRow(TextCell(NikOf(1))) +
                   SheetRow(TextCell(NikOf(2)), TextCell("0812") + TextCell("x"))),
             {kOne, "row 2:  COLUMN_COUNT_WRONG"}},
        Case{"CellOfOneMegabyte",
             kXlsx,
             Sheet(SheetRow(TextCell(std::string(1 << 20, '1'))) + SheetRow(TextCell(NikOf(1)))),
             {kOne, "row 1:  ROW_TOO_LONG"}},
        Case{"NikThatIsANumber",
             kXlsx,
             Sheet(SheetRow(NumberCell(NikOf(2))) + SheetRow(TextCell(NikOf(1)))),
             {kOne, "row 1: nik DIGITS_LOST"}},
        Case{"NikInScientificNotation",
             kXlsx,
             Sheet(SheetRow(NumberCell("3.2E+15")) + SheetRow(TextCell("3.2E+15")) +
                   SheetRow(TextCell(NikOf(1)))),
             {kOne, "row 1: nik DIGITS_LOST", "row 2: nik NIK_INVALID"}},
        Case{"NikOfFifteenDigits",
             kXlsx,
             Sheet(SheetRow(NumberCell(NikOf(2).substr(1))) + SheetRow(TextCell(NikOf(1)))),
             {kOne, "row 1: nik NIK_INVALID"}},
        Case{"NikTwice",
             kXlsx,
             Sheet(SheetRow(TextCell(NikOf(1))) +
                   SheetRow(TextCell(NikOf(1)), TextCell("08120000900"))),
             {kOne, "row 2: nik NIK_ALREADY_REGISTERED"}},
        Case{"PhoneThatIsANumber",
             kXlsx,
             Sheet(SheetRow(TextCell(NikOf(1)), NumberCell("8.1200009001E10"))),
             {kOne}},
        Case{"BlankRows",
             kXlsx,
             Sheet("<row/>" + SheetRow(TextCell(NikOf(1))) + "<row><c s='1'/></row>" +
                   SheetRow(TextCell("1"))),
             {kOne, "row 4: nik NIK_INVALID"}}),
    [](const auto& each) { return each.param.name; });

TEST_F(BadFilesTest, FormulasStayTextOnTheirWayInAndAreNoneOnTheirWayOut) {
    for (const std::string cell : {"=HYPERLINK(1)", "+cmd|x", "-x", "@SUM(A1)"}) {
        const std::string rest = ",UMKM,36.74.05.1002,";
        const std::string job = Imported(
            kCsv, kCsvHeader + ",Siti," + cell + rest + "4711\n,Siti," + cell + rest + "x\n");
        EXPECT_THAT(OutcomeOf(job), ElementsAre(kOne, "row 2: kbli KBLI_UNKNOWN"));
        EXPECT_THAT(Errors(job), HasSubstr("\n,Siti,'" + cell + rest));
        EXPECT_EQ(database_.Text("SELECT name FROM businesses WHERE name = '" + cell + "'"), cell);
    }
    const std::string formula = "<c t=\"str\"><f>HYPERLINK(1)</f><v>" + NikOf(1) + "</v></c>";
    EXPECT_THAT(OutcomeOf(Imported(kXlsx, Sheet(SheetRow(formula)))), ElementsAre(kOne));
}

TEST_F(BadFilesTest, TheSameFileTwiceChangesNothing) {
    const std::string file = Sheet(SheetRow(TextCell(NikOf(1))) + SheetRow(TextCell("1")));
    EXPECT_THAT(OutcomeOf(Imported(kXlsx, file)), ElementsAre(kOne, "row 2: nik NIK_INVALID"));
    EXPECT_THAT(OutcomeOf(Imported(kXlsx, file)),
                ElementsAre("0 registered, 1 unchanged", "row 2: nik NIK_INVALID"));
    EXPECT_THAT(OutcomeOf(Imported(kCsv, kCsvHeader + CsvRow(1))),
                ElementsAre("0 registered, 1 unchanged"));
}

TEST_F(BadFilesTest, TheNextGoodFileIsImported) {
    Imported(kXlsx, Sheet("<row>"));
    Imported(kCsv, "\0"s);
    EXPECT_THAT(OutcomeOf(Imported(kCsv, kCsvHeader + CsvRow(1))), ElementsAre(kOne));
}

}  // namespace
}  // namespace bangkit::registration
