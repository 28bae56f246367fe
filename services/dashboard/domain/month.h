#pragma once

#include <chrono>
#include <string>

#include "libs/base/clock.h"

namespace bangkit::dashboard {

/// A month as people in western Indonesia (UTC+7) count it.
using Month = std::chrono::year_month;

Month MonthOf(Time time);
/// The month of a day as it is stored: always the first one.
Month MonthOf(Date day);
Date FirstDayOf(Month month);
/// "2022-05"
std::string ToText(Month month);

}  // namespace bangkit::dashboard
