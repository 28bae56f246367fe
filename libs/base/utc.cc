#include "libs/base/utc.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace bangkit {

std::string FormatUtc(Time time) {
    using namespace std::chrono;
    const auto micros = floor<microseconds>(time);
    const auto day = floor<days>(micros);
    const year_month_day date(day);
    const hh_mm_ss clock(micros - day);
    std::array<char, 64> text{};
    const int length = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count()));
    return {text.data(), static_cast<std::size_t>(length)};
}

std::optional<Time> ParseUtc(std::string_view text) {
    using namespace std::chrono;
    constexpr std::string_view kForm = "2022-05-12T03:04:05.678901Z";
    if (text.size() != kForm.size()) return std::nullopt;
    const auto number = [text](std::size_t from, std::size_t digits) {
        int value = 0;
        std::from_chars(text.data() + from, text.data() + from + digits, value);
        return value;
    };
    const year_month_day date(year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                              day(static_cast<unsigned>(number(8, 2))));
    if (!date.ok() || date.year() < year(1970) || date.year() > year(2199)) return std::nullopt;
    const Time time = sys_days(date) + hours(number(11, 2)) + minutes(number(14, 2)) +
                      seconds(number(17, 2)) + microseconds(number(20, 6));
    if (FormatUtc(time) != text) return std::nullopt;  // Whatever else may be wrong with it.
    return time;
}

}  // namespace bangkit
