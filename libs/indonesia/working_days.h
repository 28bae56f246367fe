#pragma once

#include <chrono>
#include <set>
#include <string_view>

#include "libs/base/clock.h"

namespace bangkit::indonesia {

/// On which days the government works: Monday to Friday, but for national holidays and the days of
/// collective leave (cuti bersama) that three ministers decree for each year. In a year that is not
/// known, every Monday to Friday.
///
/// Any number of threads may read it.
class WorkingDays {
public:
    /// The days that are known to this build: holidays.csv.
    WorkingDays();
    /// Other ones: lines "YYYY-MM-DD,LIBUR|CUTI,name" behind a header. Throws std::invalid_argument
    /// if a line cannot be read.
    explicit WorkingDays(std::string_view lines);

    bool IsWorkingDay(Date day) const;

    /// The last of so many working days behind `day`, which is not one of them itself. `days` is at
    /// least 1.
    Date After(Date day, int days) const;

    /// The decree of this year is known.
    bool IsKnown(std::chrono::year year) const { return years_.contains(year); }

private:
    std::set<Date> days_off_;
    std::set<std::chrono::year> years_;
};

/// The midnight that ends the day in western Indonesia (UTC+7): the reverse of LocalDate().
Time EndOf(Date day);

}  // namespace bangkit::indonesia
