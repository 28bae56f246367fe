#include "libs/indonesia/working_days.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "libs/indonesia/format.h"

extern "C" const char bangkit_holidays_begin[];
extern "C" const char bangkit_holidays_end[];

namespace bangkit::indonesia {
namespace {

constexpr std::size_t kDateLength = 10;

std::string_view HolidaysOfTheBuild() {
    return {bangkit_holidays_begin,
            static_cast<std::size_t>(bangkit_holidays_end - bangkit_holidays_begin)};
}

std::string_view TakeLine(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

Date ReadDay(std::string_view line) {
    const Result<Date> day = ParseDate(line.substr(0, kDateLength));
    const std::string_view rest = line.substr(std::min(kDateLength, line.size()));
    if (!day || !(rest.starts_with(",LIBUR,") || rest.starts_with(",CUTI,"))) {
        throw std::invalid_argument("no holiday: " + std::string(line));
    }
    return *day;
}

bool IsWeekend(Date day) {
    const std::chrono::weekday weekday(day);
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

}  // namespace

WorkingDays::WorkingDays() : WorkingDays(HolidaysOfTheBuild()) {}

WorkingDays::WorkingDays(std::string_view lines) {
    TakeLine(lines);  // The header.
    while (!lines.empty()) {
        const Date day = ReadDay(TakeLine(lines));
        days_off_.insert(day);
        years_.insert(std::chrono::year_month_day(day).year());
    }
}

bool WorkingDays::IsWorkingDay(Date day) const {
    return !IsWeekend(day) && !days_off_.contains(day);
}

Date WorkingDays::After(Date day, int days) const {
    while (days > 0) {
        day += std::chrono::days(1);
        if (IsWorkingDay(day)) --days;
    }
    return day;
}

Time EndOf(Date day) {
    constexpr std::chrono::hours kAheadOfUtc{7};
    return Time(day + std::chrono::days(1)) - kAheadOfUtc;
}

}  // namespace bangkit::indonesia
