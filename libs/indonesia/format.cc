#include "libs/indonesia/format.h"

#include <array>
#include <cmath>

#include "libs/indonesia/digits.h"

namespace bangkit::indonesia {
namespace {

using std::chrono::year_month_day;

constexpr std::chrono::hours kWesternIndonesia{7};
constexpr std::array<const char*, 12> kMonths{"Januari",   "Februari", "Maret",    "April",
                                              "Mei",       "Juni",     "Juli",     "Agustus",
                                              "September", "Oktober",  "November", "Desember"};
constexpr std::array<const char*, 7> kWeekdays{"Minggu", "Senin", "Selasa", "Rabu",
                                               "Kamis",  "Jumat", "Sabtu"};

std::string Sign(std::int64_t number) { return number < 0 ? "-" : ""; }

/// Without the sign; right for the smallest number too.
std::string Grouped(std::int64_t number) {
    const auto bits = static_cast<std::uint64_t>(number);
    std::string text = std::to_string(number < 0 ? 0 - bits : bits);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
        text.insert(static_cast<std::size_t>(at), ".");
    }
    return text;
}

std::string Padded(int number, std::size_t width) {
    std::string text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}  // namespace

std::string FormatNumber(std::int64_t number) { return Sign(number) + Grouped(number); }

std::string FormatRupiah(std::int64_t rupiah) { return Sign(rupiah) + "Rp" + Grouped(rupiah); }

std::string FormatPercent(double percent) {
    const std::int64_t hundredths = std::llround(percent * 100);
    std::string decimals = Padded(static_cast<int>(std::abs(hundredths % 100)), 2);
    decimals.erase(decimals.find_last_not_of('0') + 1);
    if (!decimals.empty()) decimals.insert(0, ",");
    return Sign(hundredths) + Grouped(hundredths / 100) + decimals + "%";
}

std::string FormatLongDate(Date date) {
    const year_month_day ymd(date);
    return std::to_string(static_cast<unsigned>(ymd.day())) + " " +
           kMonths[static_cast<unsigned>(ymd.month()) - 1] + " " +
           std::to_string(static_cast<int>(ymd.year()));
}

std::string FormatWeekdayDate(Date date) {
    const std::chrono::weekday weekday(date);
    return std::string(kWeekdays[weekday.c_encoding()]) + ", " + FormatLongDate(date);
}

std::string FormatDate(Date date) {
    const year_month_day ymd(date);
    return Padded(static_cast<int>(ymd.year()), 4) + "-" +
           Padded(static_cast<int>(static_cast<unsigned>(ymd.month())), 2) + "-" +
           Padded(static_cast<int>(static_cast<unsigned>(ymd.day())), 2);
}

Result<Date> ParseDate(std::string_view text) {
    const bool has_form = text.size() == 10 && IsDigits(text.substr(0, 4), 4) && text[4] == '-' &&
                          IsDigits(text.substr(5, 2), 2) && text[7] == '-' &&
                          IsDigits(text.substr(8), 2);
    if (!has_form) {
        return Refused(ErrorCode::kInvalidArgument, "DATE_INVALID",
                       "a date has the form YYYY-MM-DD");
    }
    const year_month_day ymd{std::chrono::year(ToInt(text.substr(0, 4))),
                             std::chrono::month(static_cast<unsigned>(ToInt(text.substr(5, 2)))),
                             std::chrono::day(static_cast<unsigned>(ToInt(text.substr(8))))};
    if (!ymd.ok() || ymd.year() < std::chrono::year(1)) {
        return Refused(ErrorCode::kInvalidArgument, "DATE_INVALID", "there is no such day");
    }
    return Date(ymd);
}

Date LocalDate(Time time) {
    return std::chrono::floor<std::chrono::days>(time + kWesternIndonesia);
}

std::string MonthOf(Time time) { return FormatDate(LocalDate(time)).substr(0, 7); }

}  // namespace bangkit::indonesia
