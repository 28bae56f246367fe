#include "services/dashboard/domain/month.h"

#include "libs/indonesia/format.h"

namespace bangkit::dashboard {

Month MonthOf(Time time) { return MonthOf(indonesia::LocalDate(time)); }

Month MonthOf(Date day) {
    const std::chrono::year_month_day parts(day);
    return parts.year() / parts.month();
}

Date FirstDayOf(Month month) { return month / 1; }

std::string ToText(Month month) {
    return indonesia::FormatDate(FirstDayOf(month)).substr(0, std::string_view("YYYY-MM").size());
}

}  // namespace bangkit::dashboard
