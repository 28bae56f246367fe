#include "libs/indonesia/working_days.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "libs/indonesia/format.h"

namespace bangkit::indonesia {
namespace {

Date Day(std::string_view text) { return ParseDate(text).value(); }

struct DueDate {
    std::string_view start;
    int days;
    std::string_view due;
};

class DueDates : public ::testing::TestWithParam<DueDate> {};

TEST_P(DueDates, AreCountedInWorkingDays) {
    const WorkingDays calendar;
    const auto& [start, days, due] = GetParam();
    EXPECT_EQ(FormatDate(calendar.After(Day(start), days)), due);
}

// Of April and May 2022: Idul Fitri with four days of collective leave, Waisak, Kenaikan,
// Pancasila.
INSTANTIATE_TEST_SUITE_P(AroundIdulFitri, DueDates,
                         ::testing::Values(DueDate{"2022-04-28", 3, "2022-05-11"},
                                           DueDate{"2022-04-28", 5, "2022-05-13"},
                                           DueDate{"2022-04-28", 14, "2022-05-30"},
                                           DueDate{"2022-04-28", 60, "2022-08-03"},
                                           DueDate{"2022-05-13", 3, "2022-05-19"}));

TEST(WorkingDays, AreMondayToFridayWithoutHolidaysAndCollectiveLeave) {
    const WorkingDays calendar;
    EXPECT_TRUE(calendar.IsWorkingDay(Day("2022-05-12"))) << "a Thursday";
    EXPECT_FALSE(calendar.IsWorkingDay(Day("2022-05-14"))) << "a Saturday";
    EXPECT_FALSE(calendar.IsWorkingDay(Day("2022-05-15"))) << "a Sunday";
    EXPECT_FALSE(calendar.IsWorkingDay(Day("2022-08-17"))) << "a national holiday";
    EXPECT_FALSE(calendar.IsWorkingDay(Day("2022-05-06"))) << "collective leave";
}

TEST(WorkingDays, KnowTheDaysThatTheDecreesOfTheseYearsAdd) {
    const WorkingDays calendar;
    for (const auto day : {"2020-08-21", "2020-10-28", "2020-10-30", "2020-12-24", "2020-12-31",
                           "2021-05-12", "2022-04-29", "2022-05-04", "2022-05-05", "2022-05-06"}) {
        EXPECT_FALSE(calendar.IsWorkingDay(Day(day))) << day;
    }
}

TEST(WorkingDays, DoNotCountTheDayOnWhichTheyBegin) {
    const WorkingDays calendar;
    EXPECT_EQ(calendar.After(Day("2022-05-12"), 1), Day("2022-05-13"));
    EXPECT_EQ(calendar.After(Day("2022-05-13"), 1), Day("2022-05-17")) << "Waisak on Monday";
    EXPECT_EQ(calendar.After(Day("2022-05-14"), 1), Day("2022-05-17")) << "filed on a Saturday";
}

TEST(WorkingDays, OfAYearWithoutDecreeAreMondayToFriday) {
    const WorkingDays calendar("date,kind,name\n2022-12-26,CUTI,Natal\n");
    EXPECT_TRUE(calendar.IsKnown(std::chrono::year(2022)));
    EXPECT_FALSE(calendar.IsKnown(std::chrono::year(2023)));
    EXPECT_EQ(calendar.After(Day("2022-12-23"), 1), Day("2022-12-27"));
    EXPECT_EQ(calendar.After(Day("2022-12-30"), 1), Day("2023-01-02"));
}

TEST(WorkingDays, AreKnownForTheYearsOfThePlatform) {
    const WorkingDays calendar;
    for (int year = 2018; year <= 2027; ++year) {
        EXPECT_TRUE(calendar.IsKnown(std::chrono::year(year))) << year;
    }
}

TEST(WorkingDays, CannotBeReadFromAnythingElse) {
    for (const auto lines : {"date,kind,name\n2022-02-30,LIBUR,x\n", "date,kind,name\n\n",
                             "date,kind,name\n2022-05-06,KERJA,x\n", "date,kind,name\n2022\n"}) {
        EXPECT_THROW(WorkingDays{lines}, std::invalid_argument) << lines;
    }
}

TEST(EndOfADay, IsMidnightInJakarta) {
    const Date day = Day("2022-05-12");
    EXPECT_EQ(EndOf(day), Time(day) + std::chrono::hours(17));
    EXPECT_EQ(LocalDate(EndOf(day)), day + std::chrono::days(1));
    EXPECT_EQ(LocalDate(EndOf(day) - std::chrono::milliseconds(1)), day);
}

}  // namespace
}  // namespace bangkit::indonesia
