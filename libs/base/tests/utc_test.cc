#include "libs/base/utc.h"

#include <gtest/gtest.h>

namespace bangkit {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;
using std::chrono::sys_days;
using std::chrono::year;

TEST(UtcTest, TimesAreWrittenToTheMicrosecond) {
    const Time noon = sys_days(year(2024) / 2 / 29) + std::chrono::hours(12);
    EXPECT_EQ(FormatUtc(noon), "2024-02-29T12:00:00.000000Z");
    EXPECT_EQ(FormatUtc(noon + microseconds(678'901)), "2024-02-29T12:00:00.678901Z");
    EXPECT_EQ(FormatUtc(noon - nanoseconds(1)), "2024-02-29T11:59:59.999999Z");
}

TEST(UtcTest, WhatIsWrittenCanBeRead) {
    for (const Time time : {Time(), Time(sys_days(year(2199) / 12 / 31)),
                            Time(sys_days(year(2022) / 5 / 12)) + microseconds(12'345'678'901)}) {
        EXPECT_EQ(ParseUtc(FormatUtc(time)), time);
    }
}

TEST(UtcTest, NothingElseCan) {
    for (const char* text : {"", "2022-05-12", "2022-05-12T03:04:05Z", "2022-05-12T03:04:05.678Z",
                             "2022-05-12 03:04:05.678901Z", "2022-05-12T03:04:05.678901+",
                             "2023-02-29T03:04:05.678901Z", "2022-13-12T03:04:05.678901Z",
                             "2022-05-12T24:04:05.678901Z", "2022-05-12T03:60:05.678901Z",
                             "2022-05-12T03:04:-5.678901Z", "1969-12-31T23:59:59.999999Z",
                             "2200-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z",
                             "2022-05-12T03:04:05.67890aZ", "xxxxxxxxxxxxxxxxxxxxxxxxxxx"}) {
        EXPECT_EQ(ParseUtc(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace bangkit
