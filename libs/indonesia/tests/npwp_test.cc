#include "libs/indonesia/npwp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace bangkit::indonesia {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Date kToday = 2024y / 7 / 1;

TEST(ParseNpwpTest, AcceptsFifteenDigitsWithTheirCheckDigit) {
    for (const auto& [text, digits] : {std::pair{"01.312.166.0-091.000", "013121660091000"},
                                       {"01.300.066.6-091.000", "013000666091000"},
                                       {"099999997000000", "099999997000000"},
                                       {"123456782000000", "123456782000000"},
                                       {"000000018000000", "000000018000000"}}) {
        SCOPED_TRACE(text);
        const auto npwp = ParseNpwp(text, kToday);
        ASSERT_TRUE(npwp.has_value()) << npwp.error().message;
        EXPECT_EQ(npwp->digits, digits);
        EXPECT_FALSE(npwp->is_nik);
        EXPECT_THAT(npwp->warnings, IsEmpty());
    }
}

TEST(ParseNpwpTest, WarnsOfEveryOtherCheckDigit) {
    for (char check = '0'; check <= '9'; ++check) {
        std::string text = "123456780000000";
        text[8] = check;
        EXPECT_EQ(ParseNpwp(text, kToday).value().warnings.empty(), check == '2') << text;
    }
    EXPECT_THAT(ParseNpwp("01.312.166.1-091.000", kToday).value().warnings,
                ElementsAre("NPWP_CHECKSUM"));
}

TEST(ParseNpwpTest, OfSixteenDigitsWithAZeroInFrontIsTheOldNumber) {
    const auto npwp = ParseNpwp("0013121660091000", kToday);
    EXPECT_EQ(npwp.value(), ParseNpwp("013121660091000", kToday).value());
    EXPECT_FALSE(npwp->is_nik);
}

TEST(ParseNpwpTest, OfSixteenOtherDigitsIsANik) {
    const auto npwp = ParseNpwp("3674 0512 0580 9001", kToday);
    ASSERT_TRUE(npwp.has_value());
    EXPECT_EQ(npwp->digits, "3674051205809001");
    EXPECT_TRUE(npwp->is_nik);
    EXPECT_THAT(ParseNpwp("3674051205209001", kToday).value().warnings, ElementsAre("AGE_UNUSUAL"));
}

TEST(ParseNpwpTest, RefusesWhatIsNeither) {
    for (const char* text : {"", "01312166009100", "01312166009100x", "01312166009100000",
                             "3674053205809001", "01/312/166/0-091.000"}) {
        SCOPED_TRACE(text);
        const auto npwp = ParseNpwp(text, kToday);
        ASSERT_FALSE(npwp.has_value());
        EXPECT_EQ(npwp.error().code, ErrorCode::kInvalidArgument);
        EXPECT_EQ(npwp.error().reason, "NPWP_INVALID");
    }
}

}  // namespace
}  // namespace bangkit::indonesia
