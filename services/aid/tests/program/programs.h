#pragma once

#include <string>

#include "libs/base/clock.h"
#include "services/aid/domain/program/program.h"

namespace bangkit::aid {

inline constexpr Time kNow =
    std::chrono::sys_days(std::chrono::year(2026) / 3 / 10) + std::chrono::hours(2);

/// A cash grant of the province of Lampung that takes applications until the end of the year.
inline ProgramTerms CashGrant() {
    ProgramTerms terms;
    terms.name = "Insentif";
    terms.instrument = Instrument::kCashGrant;
    terms.funding_source = FundingSource::kApbd;
    terms.fiscal_year = 2026;
    terms.region_code = "18";
    terms.opens_on = std::chrono::year(2026) / 1 / 1;
    terms.closes_on = std::chrono::year(2026) / 12 / 31;
    terms.amount = 1'134'429;
    terms.documents = {DocumentKind::kIdentityCard, DocumentKind::kBusinessPhoto};
    terms.approval_bands = {{1'000'000, {ApproverRole::kAgency, ApproverRole::kProvince}},
                            {5'000'000, {ApproverRole::kProvince}}};
    terms.rules = {.code = "INSENTIF",
                   .version = 0,
                   .rules = {{.code = "TIDAK_TERDAMPAK",
                              .fact = Fact::kCondition,
                              .test = RuleTest::kAnyOf,
                              .numbers = {2},
                              .region_codes = {},
                              .source = {}}}};
    terms.exclusions = {{"INSENTIF", ExclusionScope::kBusiness, ExclusionSpan::kEver, 1}};
    return terms;
}

/// The same beside whatever else there is.
inline ProgramTerms CashGrantBesideAll() {
    ProgramTerms terms = CashGrant();
    terms.exclusions.clear();
    return terms;
}

/// A budget of Lampung with as much.
inline Budget BudgetWith(std::int64_t rupiah) {
    Budget budget;
    budget.id = "b";
    budget.version = 1;
    budget.program_id = "p";
    budget.region_code = "18";
    budget.balances.available = rupiah;
    budget.postings = 1;
    return budget;
}

}  // namespace bangkit::aid
