#include "services/aid/domain/application/stated_facts.h"

namespace bangkit::aid {
namespace {

void Add(Facts& facts, Fact fact, const auto& value) {
    if (value) facts.Set(fact, static_cast<std::int64_t>(*value));
}

std::int64_t FullMonths(Date from, Date to) {
    const std::chrono::year_month_day first(from), last(to);
    const auto months = (last.year() / last.month()) - (first.year() / first.month());
    return months.count() - (last.day() < first.day() ? 1 : 0);
}

}  // namespace

void AddTo(Facts& facts, const StatedFacts& stated, Date today) {
    Add(facts, Fact::kOccupation, stated.occupation);
    Add(facts, Fact::kHasNik, stated.has_nik);
    Add(facts, Fact::kHasNib, stated.has_nib);
    Add(facts, Fact::kHasBusinessCertificate, stated.has_business_certificate);
    Add(facts, Fact::kHasBankCredit, stated.has_bank_credit);
    Add(facts, Fact::kHasKur, stated.has_kur);
    Add(facts, Fact::kReceivesSocialAid, stated.receives_social_aid);
    Add(facts, Fact::kInFormalEducation, stated.in_formal_education);
    Add(facts, Fact::kAnnualSales, stated.annual_sales);
    Add(facts, Fact::kCollectibility, stated.collectibility);
    if (!stated.identity_region.empty()) {
        facts.Set(Fact::kIdentityRegion, stated.identity_region);
    }
    if (stated.business_started_on) {
        facts.Set(Fact::kBusinessAgeMonths, FullMonths(*stated.business_started_on, today));
    }
    if (stated.born_on) {
        constexpr std::int64_t kMonthsOfAYear = 12;
        facts.Set(Fact::kOwnerAgeYears, FullMonths(*stated.born_on, today) / kMonthsOfAYear);
    }
}

}  // namespace bangkit::aid
