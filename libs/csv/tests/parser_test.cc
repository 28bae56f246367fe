#include "libs/csv/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace bangkit::csv {
namespace {

using namespace std::string_literals;
using Fields = std::vector<std::string>;

constexpr Limits kSmall = {.field_max = 8, .row_max = 20};

/// Reads `file` in pieces that end at `cuts`.
std::vector<Row> Read(std::string_view file, const std::vector<std::size_t>& cuts = {},
                      Limits limits = {}) {
    Parser parser(limits);
    std::vector<Row> rows;
    const auto take_all = [&] {
        while (std::optional<Row> row = parser.Next()) rows.push_back(std::move(*row));
    };
    std::size_t begin = 0;
    for (const std::size_t cut : cuts) {
        parser.Feed(file.substr(begin, cut - begin));
        take_all();
        begin = cut;
    }
    parser.Feed(file.substr(begin));
    take_all();
    parser.Finish();
    take_all();
    return rows;
}

/// The rows without their numbers; those with a problem as its number: {"!2"}.
std::vector<Fields> FieldsOf(const std::vector<Row>& rows) {
    std::vector<Fields> fields;
    for (const Row& row : rows) {
        const bool is_good = row.problem == Problem::kNone;
        fields.push_back(is_good ? row.fields
                                 : Fields{"!" + std::to_string(static_cast<int>(row.problem))});
    }
    return fields;
}

struct Case {
    std::string name;
    std::string file;
    std::vector<Fields> rows;
};

class Files : public testing::TestWithParam<Case> {};

TEST_P(Files, AreReadAsRfc4180Says) {
    EXPECT_EQ(FieldsOf(Read(GetParam().file, {}, kSmall)), GetParam().rows);
}

INSTANTIATE_TEST_SUITE_P(
    Parser, Files,
    testing::Values(
        Case{"Empty", "", {}}, Case{"EmptyLinesOnly", "\n\r\n\r", {}},
        Case{"OnlyAMark", "\xEF\xBB\xBF", {}}, Case{"HalfAMark", "\xEF\xBB", {{"\xEF\xBB"}}},
        Case{"Mark",
             "\xEF\xBB\xBF"
             "a,b\n",
             {{"a", "b"}}},
        Case{"Lf", "a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
        Case{"Crlf", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
        Case{"Cr", "a,b\rc,d\r", {{"a", "b"}, {"c", "d"}}},
        Case{"NoLineEndAtTheEnd", "a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
        Case{"EmptyLinesAreNoRows", "\na,b\n\n\nc,d\n\n", {{"a", "b"}, {"c", "d"}}},
        Case{"EmptyFields", "a,b,\n,,\n", {{"a", "b", ""}, {"", "", ""}}},
        Case{"Semicolons", "a;b\nc,1;d\n", {{"a", "b"}, {"c,1", "d"}}},
        Case{"Tabs", "a\tb\nc,1\td\n", {{"a", "b"}, {"c,1", "d"}}},
        Case{"CommasWin", "a,b;\nc,d\n", {{"a", "b;"}, {"c", "d"}}},
        Case{"QuotedSeparatorsDecideNothing", "\"a,\";b\nc;d\n", {{"a,", "b"}, {"c", "d"}}},
        Case{"OneColumn", "a\nb,c;d\n", {{"a"}, {"b,c;d"}}},
        Case{"Quoted", "\"a\",\"b\"\n\"c,\n\",\"\"\n", {{"a", "b"}, {"c,\n", ""}}},
        Case{"PairsOfQuotes", "a,b\n\"\"\"c\"\"\",\"\"\"\"\n", {{"a", "b"}, {"\"c\"", "\""}}},
        Case{"QuotesInUnquotedFieldsAreText",
             "a,b\nc\"d\"e,f\"\n",
             {{"a", "b"}, {"c\"d\"e", "f\""}}},
        Case{"SpacesAreText", "a,b\n c , d\n", {{"a", "b"}, {" c ", " d"}}},
        Case{"FormulasAreText", "a,b\n=1+1,@x\n", {{"a", "b"}, {"=1+1", "@x"}}},
        Case{"NotUtf8IsLeftToOthers", "a,b\n\xFF,\xC3\n", {{"a", "b"}, {"\xFF", "\xC3"}}},
        Case{"TooFewColumns", "a,b\nc\nd,e\n", {{"a", "b"}, {"!3"}, {"d", "e"}}},
        Case{"TooManyColumns", "a,b\nc,d,e\nf,g\n", {{"a", "b"}, {"!3"}, {"f", "g"}}},
        Case{"TextBehindAQuote", "a,b\n\"c\"d,e\nf,g\n", {{"a", "b"}, {"!2"}, {"f", "g"}}},
        Case{"FieldAsLongAsAllowed", "a,b\n12345678,c\n", {{"a", "b"}, {"12345678", "c"}}},
        Case{"FieldTooLong", "a,b\n123456789,c\nd,e\n", {{"a", "b"}, {"!1"}, {"d", "e"}}},
        Case{"RowTooLong", "a,b\n1,2,3,4,5,6,7,8,9,0,1,2\nd,e\n", {{"a", "b"}, {"!1"}, {"d", "e"}}},
        Case{"HeaderTooLong", "123456789,b\nc\n", {{"!1"}, {"!3"}}},
        Case{"OpenQuoteTakesNoOtherRow",
             "a,b\n\"c,d\ne,f\ng,h\n",
             {{"a", "b"}, {"!1"}, {"e", "f"}, {"g", "h"}}},
        Case{"OpenQuoteThatALaterQuoteCloses",
             "a,b\n\"c,d\ne,\"f\"\ng,h\n",
             {{"a", "b"}, {"!2"}, {"e", "f"}, {"g", "h"}}},
        Case{"OpenQuoteAtTheEnd", "a,b\n\"c\nd,e", {{"a", "b"}, {"!2"}, {"d", "e"}}},
        Case{"OpenQuoteInTheLastLine", "a,b\nc,\"d", {{"a", "b"}, {"!2"}}},
        Case{"Nul", "a,b\nc,\0\nd,e\n"s, {{"a", "b"}, {"!4"}}},
        Case{"Utf16WithMark",
             "\xFF\xFE"
             "a,b\n",
             {{"!4"}}},
        Case{"Utf16BigEndian",
             "\xFE\xFF"
             "a,b\n",
             {{"!4"}}},
        Case{"Utf16WithoutMark", "a\0,\0b\0\n\0"s, {{"!4"}}},
        Case{"ZipFile", "PK\x03\x04\x14\0\0\0"s, {{"!4"}}}),
    [](const auto& each) { return each.param.name; });

TEST(Parser, NumbersRowsFromTheHeaderOnAndKnowsWhereTheyBegin) {
    const std::vector<Row> rows = Read(
        "\xEF\xBB\xBF"
        "a,b\r\n\r\nc,d\r\ne\r\nf,g");
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0], (Row{.number = 0, .offset = 3, .fields = {"a", "b"}}));
    EXPECT_EQ(rows[1], (Row{.number = 1, .offset = 10, .fields = {"c", "d"}}));
    EXPECT_EQ(rows[2],
              (Row{.number = 2, .offset = 15, .fields = {}, .problem = Problem::kColumnCount}));
    EXPECT_EQ(rows[3], (Row{.number = 3, .offset = 18, .fields = {"f", "g"}}));
}

TEST(Parser, GivesTheLastRowOnlyOnceItIsKnownToBeComplete) {
    Parser parser;
    parser.Feed("a,b\nc,d");
    EXPECT_EQ(parser.Next()->fields, (Fields{"a", "b"}));
    EXPECT_EQ(parser.Next(), std::nullopt);
    parser.Feed("e");
    EXPECT_EQ(parser.Next(), std::nullopt);
    parser.Finish();
    EXPECT_EQ(parser.Next()->fields, (Fields{"c", "de"}));
    EXPECT_EQ(parser.Next(), std::nullopt);
}

/// Files of the characters that matter, so that all states meet all of them.
std::string RandomFile(std::mt19937& random) {
    constexpr std::string_view kAlphabet = "ab,,;\t\"\"\"\n\n\r\xEF\xBB\xBF";
    std::string file = random() % 2 == 0 ? "a,b\n" : "";
    for (auto length = random() % 60; length > 0; --length) {
        file += random() % 400 == 0 ? '\0' : kAlphabet[random() % kAlphabet.size()];
    }
    return file;
}

TEST(Parser, DoesNotCareWhereAFileIsCut) {
    std::mt19937 random(7);
    for (int i = 0; i < 3'000; ++i) {
        const std::string file = RandomFile(random);
        const std::vector<Row> whole = Read(file, {}, kSmall);
        std::vector<std::size_t> every_byte;
        for (std::size_t cut = 0; cut <= file.size(); ++cut) {
            every_byte.push_back(cut);
            ASSERT_EQ(Read(file, {cut}, kSmall), whole) << testing::PrintToString(file) << cut;
        }
        ASSERT_EQ(Read(file, every_byte, kSmall), whole) << testing::PrintToString(file);
    }
}

std::string Quoted(const std::string& field) {
    std::string text = "\"";
    for (const char c : field) text += c == '"' ? "\"\"" : std::string(1, c);
    return text + '"';
}

TEST(Parser, ReadsBackWhateverIsWrittenQuoted) {
    constexpr std::string_view kAlphabet = "ab,;\"\n\r =";
    std::mt19937 random(11);
    for (int i = 0; i < 500; ++i) {
        std::vector<Fields> written{{"x", "y", "z"}};
        for (int row = 0; row < 5; ++row) {
            Fields& fields = written.emplace_back(3);
            for (std::string& field : fields) {
                for (auto n = random() % 6; n > 0; --n)
                    field += kAlphabet[random() % kAlphabet.size()];
            }
        }
        std::string file;
        for (const Fields& fields : written) {
            file += Quoted(fields[0]) + ";" + Quoted(fields[1]) + ";" + Quoted(fields[2]) + "\r\n";
        }
        ASSERT_EQ(FieldsOf(Read(file)), written);
    }
}

// Read again after each line, this file of 2 MB would take a hundred thousand times its length.
TEST(Parser, TakesNoLongerForAFileOfOpenQuotes) {
    std::string file = "a,b\n";
    while (file.size() < (2U << 20)) file += "a\",\"\n";
    const std::vector<Row> rows = Read(file);
    EXPECT_GT(rows.size(), 8U);
    EXPECT_TRUE(std::ranges::all_of(
        rows, [](const Row& row) { return row.number == 0 || row.problem != Problem::kNone; }));
}

TEST(Parser, KeepsNoMoreThanTheLongestRowOfALineWithoutEnd) {
    Parser parser;
    parser.Feed("a,b\n");
    ASSERT_TRUE(parser.Next());
    int bad = 0;
    for (int i = 0; i < 100; ++i) {
        parser.Feed(std::string(100'000, 'x'));
        while (parser.Next()) ++bad;
    }
    parser.Feed("\nc,d\n");
    EXPECT_EQ(bad, 1);
    EXPECT_EQ(parser.Next()->fields, (Fields{"c", "d"}));
}

}  // namespace
}  // namespace bangkit::csv
