#include "services/aid/domain/loan/interest.h"

namespace bangkit::aid {
namespace {

/// Hundredths of a percent of a year in a month.
constexpr std::int64_t kPartsOfRupiah = 10'000 * 12;

}  // namespace

Interest InterestOf(std::int64_t owed, int yearly_rate, std::int64_t carry) {
    const std::int64_t parts = owed * yearly_rate + carry;
    return {.rupiah = parts / kPartsOfRupiah, .carry = parts % kPartsOfRupiah};
}

std::int64_t PlannedDebt(std::int64_t principal, int months, int month) {
    return principal - principal / months * (month - 1);
}

std::int64_t PlannedInterest(std::int64_t principal, int months, int yearly_rate) {
    std::int64_t rupiah = 0, carry = 0;
    for (int month = 1; month <= months; ++month) {
        const Interest interest =
            InterestOf(PlannedDebt(principal, months, month), yearly_rate, carry);
        rupiah += interest.rupiah;
        carry = interest.carry;
    }
    return rupiah;
}

Date MonthsLater(Date first, int months) {
    const auto later = std::chrono::year_month_day(first) + std::chrono::months(months);
    if (later.ok()) return later;
    return later.year() / later.month() / std::chrono::last;
}

}  // namespace bangkit::aid
