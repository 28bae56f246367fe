#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/base/result.h"

namespace bangkit::indonesia {

/// "1.337", "-2.400.000"
std::string FormatNumber(std::int64_t number);

/// "Rp2.400.000", "-Rp500"
std::string FormatRupiah(std::int64_t rupiah);

/// 31.25 is "31,25%", 50 is "50%": at most two decimals, half away from zero. `percent` is finite.
std::string FormatPercent(double percent);

/// "12 Mei 2022"
std::string FormatLongDate(Date date);

/// "Kamis, 12 Mei 2022"
std::string FormatWeekdayDate(Date date);

/// "2022-05-12", as in messages and files. Years 1 to 9999.
std::string FormatDate(Date date);

/// The reverse. DATE_INVALID if it has another form or there is no such day.
Result<Date> ParseDate(std::string_view text);

/// The date in western Indonesia (UTC+7, no daylight saving), by which all days and months are
/// counted.
Date LocalDate(Time time);

/// The month there: "2022-05".
std::string MonthOf(Time time);

}  // namespace bangkit::indonesia
