#include "libs/xlsx/cell.h"

#include <gtest/gtest.h>

#include <utility>

#include "libs/xlsx/format.h"

namespace bangkit::xlsx {
namespace {

constexpr Format kNumber;
constexpr Format kDate{.kind = Format::Kind::kDate};

TEST(ColumnOfTest, CountsLettersAsExcelDoes) {
    EXPECT_EQ(ColumnOf("A1"), 0U);
    EXPECT_EQ(ColumnOf("Z9"), 25U);
    EXPECT_EQ(ColumnOf("AB12"), 27U);
    EXPECT_EQ(ColumnOf("XFD1048576"), 16'383U);
    for (const auto* name : {"", "1", "A", "a1", "XFE1", "AAAAAAAAAAAAAAAAAAAAAAA1", "-1"}) {
        EXPECT_EQ(ColumnOf(name), std::nullopt) << name;
    }
}

TEST(NumberTextTest, WritesPlainDigits) {
    for (const auto& [stored, shown] :
         {std::pair("81234567890", "81234567890"), std::pair("8.123456789E10", "81234567890"),
          std::pair("120000000", "120000000"), std::pair("999999999999999", "999999999999999"),
          std::pair("36.74", "36.74"), std::pair("0.30000000000000004", "0.3"),
          std::pair("-5", "-5"), std::pair("0", "0"), std::pair("-0", "0"),
          std::pair("1E-7", "0.0000001"), std::pair("1.5E-5", "0.000015"),
          std::pair("-1.5E-15", "-0.0000000000000015")}) {
        EXPECT_EQ(NumberText(stored, kNumber, false), shown) << stored;
    }
}

TEST(NumberTextTest, RefusesNumbersThatHaveLostDigits) {
    for (const auto* stored : {"3674054107909000", "3.674054107909E+15", "1000000000000000",
                               "-1E15", "999999999999999.9", "1E300", "1E400"}) {
        EXPECT_EQ(NumberText(stored, kNumber, false), std::nullopt) << stored;
    }
}

TEST(ScientificTextTest, ShowsWhatIsLeftOfANumberAndNeverPlainDigits) {
    for (const auto& [stored, shown] :
         {std::pair("3674054107909000", "3.67405410790900E+15"),
          std::pair("3.674054107909E+15", "3.67405410790900E+15"),
          std::pair("-1E15", "-1.00000000000000E+15"), std::pair("1E300", "1.00000000000000E+300"),
          std::pair("1E400", "1E400")}) {
        EXPECT_EQ(ScientificText(stored), shown);
    }
}

TEST(NumberTextTest, LeavesWhatIsNoNumber) {
    for (const auto* stored : {"abc", "1,5", "1 ", "NaN", "inf", "0x10", ""}) {
        EXPECT_EQ(NumberText(stored, kNumber, false), stored);
    }
}

TEST(NumberTextTest, WritesZerosInFrontIfTheFormatDoes) {
    EXPECT_EQ(NumberText("1111", Format{.digits = 5}, false), "01111");
    EXPECT_EQ(NumberText("-7", Format{.digits = 2}, false), "-07");
    EXPECT_EQ(NumberText("7.5", Format{.digits = 2}, false), "07.5");
    EXPECT_EQ(NumberText("123456", Format{.digits = 5}, false), "123456");
}

TEST(NumberTextTest, WritesDays) {
    for (const auto& [stored, shown] :
         {std::pair("1", "1900-01-01"), std::pair("59", "1900-02-28"),
          std::pair("61", "1900-03-01"), std::pair("45323", "2024-02-01"),
          std::pair("46053.75", "2026-01-31"), std::pair("2958465", "9999-12-31")}) {
        EXPECT_EQ(NumberText(stored, kDate, false), shown) << stored;
    }
    EXPECT_EQ(NumberText("0", kDate, true), "1904-01-01");
    EXPECT_EQ(NumberText("44591", kDate, true), "2026-01-31");
    // No days: the calendar of Excel begins at 1, has one too many in 1900, and ends in 9999.
    EXPECT_EQ(NumberText("0", kDate, false), "0");
    EXPECT_EQ(NumberText("60", kDate, false), "60");
    EXPECT_EQ(NumberText("-1", kDate, false), "-1");
    EXPECT_EQ(NumberText("2958466", kDate, false), "2958466");
    EXPECT_EQ(NumberText("1E300", kDate, false), std::nullopt);
}

TEST(ParseFormatTest, KnowsDatesByTheirLetters) {
    for (const auto* code :
         {"yyyy-mm-dd", "dd/mm/yyyy", "d mmmm yyyy", "[$-421]dd mmmm yyyy;@", "DD-MM-YY", "d\\-mmm",
          "mmm", "dd/mm/yyyy hh:mm:ss", "\"tanggal\" d"}) {
        EXPECT_EQ(ParseFormat(code), kDate) << code;
    }
    for (const auto* code :
         {"General", "0.00", "#,##0", "\"Rp\" #,##0", "[Red]0", "hh:mm", "[h]:mm:ss", "mm:ss", "@",
          "\"day\"0", "0\\d", "_d0", "[mm", "\"d", "", "\\", "0;dd"}) {
        EXPECT_EQ(ParseFormat(code).kind, Format::Kind::kNumber) << code;
    }
}

TEST(ParseFormatTest, CountsZeros) {
    EXPECT_EQ(ParseFormat("00000"), Format{.digits = 5});
    EXPECT_EQ(ParseFormat("000;-000"), Format{.digits = 3});
    EXPECT_EQ(ParseFormat("0.00"), Format{});
}

TEST(BuiltInFormatTest, KnowsDates) {
    for (const unsigned id : {14U, 17U, 22U, 27U, 36U, 50U, 58U}) {
        EXPECT_EQ(BuiltInFormat(id), kDate) << id;
    }
    for (const unsigned id : {0U, 1U, 2U, 13U, 18U, 21U, 45U, 47U, 49U, 100U}) {
        EXPECT_EQ(BuiltInFormat(id), Format{}) << id;
    }
}

TEST(UnescapedTest, ReplacesEscapes) {
    EXPECT_EQ(Unescaped("a_x000D_b"), "a\rb");
    EXPECT_EQ(Unescaped("_x005F_x000D_"), "_x000D_");
    EXPECT_EQ(Unescaped("_x00e9__x20AC_"), "é€");
}

TEST(EscapedTest, IsTurnedBack) {
    EXPECT_EQ(Escaped("_x000D_"), "_x005F_x000D_");
    EXPECT_EQ(Escaped("a_b"), "a_b");
    for (const auto* text : {"", "_x000D_x000D_", "__x0041__x0041_", "_x005F_x0041_", "_x00"}) {
        EXPECT_EQ(Unescaped(Escaped(text)), text);
    }
}

TEST(UnescapedTest, LeavesEverythingElse) {
    for (const auto* text : {"", "_", "_x", "_x00", "_x000D", "_x00G0_", "_x0000_", "_xD83D_",
                             "_x-001_", "a_b_x_c", "_X000D_"}) {
        EXPECT_EQ(Unescaped(text), text);
    }
}

}  // namespace
}  // namespace bangkit::xlsx
