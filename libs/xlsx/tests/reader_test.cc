#include "libs/xlsx/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libs/xlsx/testing.h"
#include "libs/xlsx/tests/rows.h"

namespace bangkit::xlsx {
namespace {

using Fields = std::vector<std::string>;

constexpr Limits kSmall = {.row = {.field_max = 8, .row_max = 20}, .columns_max = 4};

struct Case {
    std::string name;
    WorkbookParts workbook;
    std::vector<Fields> rows;
};

void PrintTo(const Case& each, std::ostream* out) { *out << each.name; }

class Workbooks : public testing::TestWithParam<Case> {};

TEST_P(Workbooks, AreReadAsAnOfficerSeesThem) {
    const Reading reading = Read(ZipOf(PartsOf(GetParam().workbook)), kSmall);
    EXPECT_EQ(reading.error, std::nullopt);
    EXPECT_EQ(reading.fields(), GetParam().rows);
}

// Three columns: a, b, c.
const std::string kAbc = RowOf({"a", "b", "c"});
const Fields kAbcFields = {"a", "b", "c"};

INSTANTIATE_TEST_SUITE_P(
    Reader, Workbooks,
    testing::Values(
        Case{"Empty", {.rows = ""}, {}}, Case{"EmptyRows", {.rows = "<row/><row></row>"}, {}},
        Case{"StyledRowsWithoutContent", {.rows = R"(<row><c r="A1" s="3"/></row>)"}, {}},
        Case{"InlineTexts",
             {.rows = kAbc + RowOf({"1", " x ", ""})},
             {kAbcFields, {"1", " x ", ""}}},
        Case{"SharedTexts",
             {.rows = R"(<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"/></row>)",
              .shared_texts = "<si><t>zero</t></si><si><t>one</t></si>"},
             {{"one", "zero"}}},
        Case{"TextsOfSeveralFonts",
             {.rows = R"(<row><c t="s"><v>0</v></c>)"
                      R"(<c t="inlineStr"><is><r><t>c</t></r><r><t>d</t></r></is></c></row>)",
              .shared_texts = "<si><r><rPr><b/></rPr><t>a </t></r><r><t>b</t></r></si>"},
             {{"a b", "cd"}}},
        Case{"TextsWithoutTheirPronunciation",
             {.rows = R"(<row><c t="s"><v>0</v></c></row>)",
              .shared_texts = R"(<si><t>a</t><rPh sb="0" eb="1"><t>x</t></rPh></si>)"},
             {{"a"}}},
        Case{"Escapes",
             {.rows = kAbc + RowOf({"&lt;&amp;&#65;", "_x000D_", "<![CDATA[<]]>"})},
             {kAbcFields, {"<&A", "\r", "<"}}},
        Case{"CellsThatAreMissing",
             {.rows = kAbc + R"(<row><c r="B2"><v>1</v></c></row>)"},
             {kAbcFields, {"", "1", ""}}},
        Case{"CellsWithoutNames",
             {.rows = kAbc + "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"},
             {kAbcFields, {"1", "", "3"}}},
        Case{"CellsWithAndWithoutNames",
             {.rows = kAbc + R"(<row><c r="B2"><v>1</v></c><c><v>2</v></c></row>)"},
             {kAbcFields, {"", "1", "2"}}},
        Case{"Numbers",
             {.rows = kAbc + R"(<row><c><v>81234567</v></c><c t="n"><v>36.74</v></c></row>)"},
             {kAbcFields, {"81234567", "36.74", ""}}},
        Case{"NumbersThatLostDigits",
             {.rows = kAbc + "<row><c><v>1</v></c><c><v>3.67E15</v></c></row>" + kAbc},
             {kAbcFields, {"!5 at 1"}, kAbcFields}},
        Case{"NikAsText",
             {.rows = R"(<row><c t="s"><v>0</v></c></row>)",
              .shared_texts = "<si><t>36740541</t></si>"},
             {{"36740541"}}},
        Case{"Dates",
             {.rows = R"(<row><c s="1"><v>46053</v></c><c s="2"><v>4</v></c></row>)",
              .number_formats = R"(<numFmt numFmtId="164" formatCode="dd/mm"/>)",
              .cell_formats = R"(<xf/><xf numFmtId="164"/><xf numFmtId="9"/>)"},
             {{"!1 at 0"}}},  // Longer than eight characters, which is all that is allowed here.
        Case{"ZerosInFront",
             {.rows = R"(<row><c s="0"><v>1111</v></c><c s="7"><v>4</v></c></row>)",
              .number_formats = R"(<numFmt numFmtId="164" formatCode="00000"/>)",
              .cell_formats = R"(<xf numFmtId="164"/>)"},
             {{"01111", "4"}}},
        Case{"Formulas",
             {.rows = R"(<row><c><f>1+1</f><v>2</v></c><c t="str"><f>A1&amp;"x"</f><v>2x</v></c>)"
                      R"(<c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><f>NOW()</f></c></row>)"},
             {{"2", "2x", "#DIV/0!"}}},
        Case{"TextsThatLookLikeFormulas", {.rows = RowOf({"=1+1", "@x"})}, {{"=1+1", "@x"}}},
        Case{"TruthValues",
             {.rows = R"(<row><c t="b"><v>1</v></c><c t="b"><v>0</v></c></row>)"},
             {{"TRUE", "FALSE"}}},
        Case{"ContentBehindTheHeader",
             {.rows = RowOf({"a"}) + RowOf({"b", "c"}) + RowOf({"d", ""})},
             {{"a"}, {"!3 at 0"}, {"d"}}},
        Case{"TooManyColumns",
             {.rows = RowOf({"a"}) + R"(<row><c r="E2"><v>1</v></c></row><row><c r="E3"/></row>)"},
             {{"a"}, {"!3 at 0"}}},
        Case{
            "TooManyColumnsInTheHeader", {.rows = RowOf({"1", "2", "3", "4", "5"})}, {{"!3 at 0"}}},
        Case{"FieldAsLongAsAllowed", {.rows = RowOf({"12345678"})}, {{"12345678"}}},
        Case{"FieldTooLong",
             {.rows = RowOf({"a"}) + RowOf({"123456789"}) + RowOf({"b"})},
             {{"a"}, {"!1 at 0"}, {"b"}}},
        Case{"NumberTooLong", {.rows = "<row><c><v>1.0000000000</v></c></row>"}, {{"!1 at 0"}}},
        Case{"SharedTextTooLong",
             {.rows = R"(<row><c t="s"><v>0</v></c></row>)",
              .shared_texts = "<si><t>123456789</t></si>"},
             {{"!1 at 0"}}},
        Case{"RowTooLong", {.rows = RowOf({"1234567", "1234567", "1234567"})}, {{"!1 at 0"}}},
        Case{"FirstWorksheet",
             {.rows = RowOf({"a"}),
              .sheets = R"(<sheet sheetId="1" r:id="rId1"/><sheet sheetId="2" r:id="rId2"/>)"},
             {{"a"}}},
        Case{"HiddenWorksheetsAndChartsAreNotSeen",
             {.rows = RowOf({"a"}),
              .sheets =
                  R"(<sheet state="hidden" r:id="rId1"/><sheet state="veryHidden" r:id="rId1"/>)"
                  R"(<sheet r:id="rId3"/><sheet r:id="rId2"/>)"},
             {{"second"}}}),
    [](const auto& each) { return each.param.name; });

TEST(Reader, NumbersRowsByHowFarTheyStandBelowTheHeader) {
    const Reading reading = Read(WorkbookOf(R"(<row r="3"><c><v>7</v></c></row><row r="4"/>)"
                                            R"(<row r="6"><c><v>8</v></c></row>)"
                                            "<row><c><v>9</v></c></row>"));
    ASSERT_EQ(reading.rows.size(), 3U);
    EXPECT_EQ(reading.rows[0], (csv::Row{.number = 0, .fields = {"7"}}));
    EXPECT_EQ(reading.rows[1], (csv::Row{.number = 3, .fields = {"8"}}));
    EXPECT_EQ(reading.rows[2], (csv::Row{.number = 4, .fields = {"9"}}));
}

TEST(Reader, WritesDatesAsCsvFilesDo) {
    WorkbookParts workbook = {
        .rows = R"(<row><c s="0"><v>46053</v></c><c s="1"><v>46053.9</v></c>)"
                R"(<c t="d"><v>2026-01-31T10:00:00</v></c></row>)",
        .number_formats = R"(<numFmt numFmtId="164" formatCode="[$-421]dd mmmm yyyy;@"/>)",
        .cell_formats = R"(<xf numFmtId="14"/><xf numFmtId="164"/>)"};
    EXPECT_THAT(Read(ZipOf(PartsOf(workbook))).fields(),
                testing::ElementsAre(Fields{"2026-01-31", "2026-01-31", "2026-01-31"}));
    workbook.properties = R"(<workbookPr date1904="1"/>)";
    EXPECT_THAT(Read(ZipOf(PartsOf(workbook))).fields(),
                testing::ElementsAre(Fields{"2030-02-01", "2030-02-01", "2026-01-31"}));
}

void Replace(std::string& text, std::string_view from, std::string_view to) {
    text.replace(text.find(from), from.size(), to);
}

TEST(Reader, FindsPartsWhereverTheyAre) {
    Parts parts = PartsOf(
        {.rows = R"(<row><c t="s"><v>0</v></c></row>)", .shared_texts = "<si><t>a</t></si>"});
    Replace(parts[0].second, "xl/workbook.xml", "/book.xml");
    parts[1].first = "book.xml";
    parts[2].first = "_RELS/Book.xml.rels";
    Replace(parts[2].second, "worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml");
    Replace(parts[2].second, "sharedStrings.xml", "./x/../xl/sharedStrings.xml");
    Replace(parts[2].second, "styles.xml", "xl/Styles.xml");
    EXPECT_THAT(Read(ZipOf(parts)).fields(), testing::ElementsAre(Fields{"a"}));
}

TEST(Reader, DoesWithoutStylesAndSharedTexts) {
    Parts parts = PartsOf({.rows = RowOf({"a"})});
    std::erase_if(parts, [](const auto& part) {
        return part.first == "xl/styles.xml" || part.first == "xl/sharedStrings.xml";
    });
    std::string& relationships = parts[2].second;
    relationships.resize(relationships.find("<Relationship Id=\"rId3"));
    relationships += "</Relationships>";
    EXPECT_THAT(Read(ZipOf(parts)).fields(), testing::ElementsAre(Fields{"a"}));
}

TEST(Reader, ReadsPrefixedNamesAndOtherEncodings) {
    Parts parts = PartsOf({.rows = ""});
    parts[5].second =
        "<?xml version='1.0' encoding='ISO-8859-1'?><x:worksheet xmlns:x='y'>"
        "<x:sheetData><x:row><x:c t='str'><x:v>Kaf\xE9</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>";
    EXPECT_THAT(Read(ZipOf(parts)).fields(), testing::ElementsAre(Fields{"Kafé"}));
}

TEST(Reader, ReadsFiles) {
    EXPECT_EQ(FileSource("/nonexistent").size(), 0);
    FileSource absent("/nonexistent");
    EXPECT_EQ(Read(absent).error->reason, "FILE_INVALID");
}

TEST(IsWorkbookTest, TellsByTheFirstBytes) {
    EXPECT_TRUE(IsWorkbook(WorkbookOf("").substr(0, 8)));
    EXPECT_TRUE(IsWorkbook("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
    EXPECT_FALSE(IsWorkbook(""));
    EXPECT_FALSE(IsWorkbook("nik,nama\n"));
    EXPECT_FALSE(IsWorkbook("PK"));
}

}  // namespace
}  // namespace bangkit::xlsx
