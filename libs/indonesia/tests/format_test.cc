#include "libs/indonesia/format.h"

#include <gtest/gtest.h>

#include <limits>
#include <utility>

namespace bangkit::indonesia {
namespace {

using namespace std::chrono_literals;

TEST(FormatNumberTest, GroupsThousandsByDots) {
    for (const auto& [number, text] :
         {std::pair{std::int64_t{0}, "0"},
          {999, "999"},
          {1'337, "1.337"},
          {80'000, "80.000"},
          {418'947, "418.947"},
          {-1'000, "-1.000"},
          {-999, "-999"},
          {std::numeric_limits<std::int64_t>::max(), "9.223.372.036.854.775.807"},
          {std::numeric_limits<std::int64_t>::min(), "-9.223.372.036.854.775.808"}}) {
        EXPECT_EQ(FormatNumber(number), text);
    }
}

TEST(FormatRupiahTest, HasNoSpaceAfterTheSymbol) {
    EXPECT_EQ(FormatRupiah(2'400'000), "Rp2.400.000");
    EXPECT_EQ(FormatRupiah(0), "Rp0");
    EXPECT_EQ(FormatRupiah(-500), "-Rp500");
}

TEST(FormatPercentTest, HasADecimalCommaAndAtMostTwoDecimals) {
    for (const auto& [percent, text] : {std::pair{31.25, "31,25%"},
                                        {50.0, "50%"},
                                        {12.5, "12,5%"},
                                        {0.0, "0%"},
                                        {0.05, "0,05%"},
                                        {100.0 / 3, "33,33%"},
                                        {200.0 / 3, "66,67%"},
                                        {99.999, "100%"},
                                        {1337.5, "1.337,5%"},
                                        {-0.25, "-0,25%"},
                                        {-0.001, "0%"}}) {
        EXPECT_EQ(FormatPercent(percent), text);
    }
}

TEST(FormatDateTest, ForPeopleIsIndonesian) {
    EXPECT_EQ(FormatLongDate(2022y / 5 / 12), "12 Mei 2022");
    EXPECT_EQ(FormatWeekdayDate(2022y / 5 / 12), "Kamis, 12 Mei 2022");
    EXPECT_EQ(FormatWeekdayDate(2020y / 10 / 21), "Rabu, 21 Oktober 2020");
    EXPECT_EQ(FormatWeekdayDate(2020y / 5 / 12), "Selasa, 12 Mei 2020");
    EXPECT_EQ(FormatWeekdayDate(2022y / 8 / 7), "Minggu, 7 Agustus 2022");
}

TEST(ParseDateTest, IsTheReverseOfFormatDate) {
    for (const char* text :
         {"2022-05-12", "2024-02-29", "1999-12-31", "0001-01-01", "9999-12-31"}) {
        const auto date = ParseDate(text);
        ASSERT_TRUE(date.has_value()) << text;
        EXPECT_EQ(FormatDate(*date), text);
    }
}

TEST(ParseDateTest, RefusesOtherFormsAndDaysThatAreNone) {
    for (const char* text :
         {"", "2022-5-12", "12-05-2022", "2022/05/12", "2022-05-12 ", " 2022-05-12", "2022-05-1x",
          "20220512", "2022-02-29", "2022-04-31", "2022-13-01", "2022-00-10", "2022-01-00",
          "0000-01-01", "-022-01-01"}) {
        SCOPED_TRACE(text);
        const auto date = ParseDate(text);
        ASSERT_FALSE(date.has_value());
        EXPECT_EQ(date.error().code, ErrorCode::kInvalidArgument);
        EXPECT_EQ(date.error().reason, "DATE_INVALID");
    }
}

TEST(LocalDateTest, BeginsAtSeventeenHoursUtc) {
    const Time before = Date(2022y / 12 / 31) + 17h - 1ns;
    EXPECT_EQ(LocalDate(before), Date(2022y / 12 / 31));
    EXPECT_EQ(LocalDate(before + 1ns), Date(2023y / 1 / 1));
    EXPECT_EQ(MonthOf(before), "2022-12");
    EXPECT_EQ(MonthOf(before + 1ns), "2023-01");
}

TEST(LocalDateTest, HoldsBefore1970Too) {
    EXPECT_EQ(LocalDate(Time(-8h)), Date(1969y / 12 / 31));
    EXPECT_EQ(LocalDate(Time(-7h)), Date(1970y / 1 / 1));
}

}  // namespace
}  // namespace bangkit::indonesia
