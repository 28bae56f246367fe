#include "libs/indonesia/kbli.h"

#include <gtest/gtest.h>

#include <string>

namespace bangkit::indonesia {
namespace {

TEST(ParseKbliTest, KnowsDivisionAndSection) {
    const struct {
        const char *text, *code, *division;
        char section;
    } codes[] = {{"01111", "01111", "01", 'A'},  {"10", "10", "10", 'C'},
                 {"141", "141", "14", 'C'},      {"4711", "4711", "47", 'G'},
                 {"56102", "56102", "56", 'I'},  {"64141", "64141", "64", 'K'},
                 {" 99000 ", "99000", "99", 'U'}};
    for (const auto& expected : codes) {
        SCOPED_TRACE(expected.text);
        const auto kbli = ParseKbli(expected.text);
        ASSERT_TRUE(kbli.has_value()) << kbli.error().message;
        EXPECT_EQ(kbli->code, expected.code);
        EXPECT_EQ(kbli->division, expected.division);
        EXPECT_EQ(kbli->section, expected.section);
    }
}

TEST(ParseKbliTest, KnowsThe88DivisionsOf21Sections) {
    std::string sections;
    int divisions = 0;
    for (int number = 0; number < 100; ++number) {
        const auto kbli = ParseKbli((number < 10 ? "0" : "") + std::to_string(number));
        if (!kbli) continue;
        ++divisions;
        if (!sections.ends_with(kbli->section)) sections += kbli->section;
    }
    EXPECT_EQ(divisions, 88);
    EXPECT_EQ(sections, "ABCDEFGHIJKLMNOPQRSTU");
}

TEST(ParseKbliTest, RefusesOtherTexts) {
    for (const char* text :
         {"",   " ",  "4",  "471111", "G47", "47.11", "4 7", "00", "04", "34",
          "40", "44", "48", "54",     "57",  "67",    "76",  "83", "89", "00111"}) {
        SCOPED_TRACE(text);
        const auto kbli = ParseKbli(text);
        ASSERT_FALSE(kbli.has_value());
        EXPECT_EQ(kbli.error().code, ErrorCode::kInvalidArgument);
        EXPECT_EQ(kbli.error().reason, "KBLI_UNKNOWN");
    }
}

}  // namespace
}  // namespace bangkit::indonesia
