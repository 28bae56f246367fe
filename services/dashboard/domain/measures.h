#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "services/dashboard/domain/month.h"

namespace bangkit::dashboard {

/// What is counted of goods, loans, referrals, nominations, refunds, visits and grievances, and by
/// which kind and which detail. What is counted is a number of things unless it is said otherwise.
/// The numbers are stored: never change one, only add.
enum class Measure {
    // By kind of goods and unit; in that unit.
    kGoodsOnHand = 1,  // What is reserved included.
    kGoodsReserved = 2,
    kGoodsReceived = 3,
    kGoodsHandedOver = 4,
    // By instrument and state.
    kLoans = 11,
    kLoanPrincipal = 12,  // Rupiah.
    // By instrument; rupiah.
    kLoanRepaid = 13,
    kLoanSubsidy = 14,          // Paid to the bank, from a budget.
    kLoanSubsidyReserved = 15,  // Of that budget, for the months to come.
    // By instrument and state.
    kReferrals = 21,
    // By form of restructuring and state.
    kRestructurings = 22,
    // By instrument: the partner let its day pass, and has not answered since; it did so at some
    // time.
    kReferralsSilent = 23,
    kReferralsEscalated = 24,
    // By scheme and state.
    kNominees = 31,
    kNomineeRupiah = 32,  // Rupiah.
    // By scheme and stage (NomineeStage): has ever reached it.
    kNomineesReached = 33,
    // By scheme and reason of the last answer.
    kNomineeReasons = 34,
    // By state.
    kRefunds = 41,
    kRefundClaimed = 42,  // Rupiah.
    kRefundRepaid = 43,   // Rupiah.
    // Without more.
    kRefundsOverdue = 44,
    // By state, and by what was found.
    kVisits = 51,
    kFindings = 52,
    // Without more.
    kVisitsOverdue = 53,
    // By class, which is 0 until the first answer, and state.
    kGrievances = 61,
    // By service; those to which somebody owes an answer.
    kGrievancesOpen = 62,
    // By class.
    kGrievancesOverdue = 63,
    kGrievancesEscalated = 64,

    // How many took so many whole hours, which are the detail.
    kHoursToLoan = 101,            // By instrument: from the request to the contract.
    kHoursToReferralAnswer = 102,  // By instrument: from sending it to the answer.
    kHoursToDetermination = 103,   // By scheme: from the nomination to the decree.
    kHoursToFirstAnswer = 104,     // By class: from filing a grievance on.
    kHoursToResolution = 105       // By class: the same.
};

inline constexpr bool IsWaiting(Measure measure) { return measure >= Measure::kHoursToLoan; }

/// What became of those who were nominated, one after the other.
enum class NomineeStage { kNominated = 1, kDetermined = 2, kPaid = 3, kClaimed = 4 };

struct MeasureKey {
    Measure measure = Measure::kGoodsOnHand;
    int kind = 0;             // 0: none.
    std::int64_t detail = 0;  // 0: none.
    auto operator<=>(const MeasureKey&) const = default;
};

/// Without zeros.
using Measures = std::map<MeasureKey, std::int64_t>;

/// What a thing counts as.
struct Measured {
    std::string region_code;  // Of an existing region below the country.
    Measures measures;
    bool operator==(const Measured&) const = default;
};

struct MeasuredEvent {
    Measured after;
    Month month;
};

/// One counter: as far as it changed in one region in one month.
struct MeasureCell {
    std::string region_code;
    Month month;
    MeasureKey key;
    auto operator<=>(const MeasureCell&) const = default;
};

/// 0 if it is not there.
std::int64_t ValueOf(const Measures& measures, const MeasureKey& key);

/// The sum of all details of one kind; kind 0: of all kinds.
std::int64_t SumOf(const Measures& measures, Measure measure, int kind = 0);

/// Calls `use(key, value)` for all that is counted by this measure, in order.
template <typename Use>
void ForEach(const Measures& measures, Measure measure, Use use) {
    for (auto each = measures.lower_bound({.measure = measure, .kind = 0, .detail = 0});
         each != measures.end() && each->first.measure == measure; ++each) {
        use(each->first, each->second);
    }
}

}  // namespace bangkit::dashboard
