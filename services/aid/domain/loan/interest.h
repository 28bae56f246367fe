#pragma once

#include <cstdint>

#include "libs/base/clock.h"

namespace bangkit::aid {

// Interest to the rupiah: a twelfth of the yearly rate for each month, of what is owed at its
// beginning. What is less than a rupiah goes over into the next month, so that nothing is lost and
// nothing is made by rounding.

/// Of one month. `carry` is less than a rupiah, in 120,000ths of it.
struct Interest {
    std::int64_t rupiah = 0;
    std::int64_t carry = 0;
    bool operator==(const Interest&) const = default;
};
/// `yearly_rate` in hundredths of a percent.
Interest InterestOf(std::int64_t owed, int yearly_rate, std::int64_t carry);

/// What the plan says is owed at the beginning of a month (1, 2 ... `months`): equal parts are paid
/// back, the last one is whatever is left.
std::int64_t PlannedDebt(std::int64_t principal, int months, int month);
/// The interest of all months of the plan together.
std::int64_t PlannedInterest(std::int64_t principal, int months, int yearly_rate);

/// The day on which so many months of a loan are over: the same day of the month as its first, or
/// the last one of a shorter month.
Date MonthsLater(Date first, int months);

}  // namespace bangkit::aid
