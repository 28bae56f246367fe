#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libs/base/clock.h"
#include "services/aid/domain/program/rules.h"

namespace bangkit::aid {

/// What an applicant states and nobody has registered; unset: not stated. Personal data.
struct StatedFacts {
    std::string family_card;             // 16 digits; empty: not stated.
    std::optional<int> occupation = {};  // The number of bangkit.registration.v1.Occupation.
    std::optional<bool> has_nik = {};
    std::optional<bool> has_nib = {};
    std::optional<bool> has_business_certificate = {};
    std::optional<bool> has_bank_credit = {};
    std::optional<bool> has_kur = {};
    std::optional<bool> receives_social_aid = {};
    std::optional<bool> in_formal_education = {};
    std::optional<std::int64_t> annual_sales = {};  // Rupiah.
    std::optional<Date> business_started_on = {};
    std::optional<Date> born_on = {};
    std::optional<int> collectibility = {};  // 1 (current) to 5 (loss).
    std::string identity_region = {};        // Of the identity card; empty: not stated.
    bool operator==(const StatedFacts&) const = default;
};

/// Adds what was stated to what is known; `today`: by which ages are counted.
void AddTo(Facts& facts, const StatedFacts& stated, Date today);

}  // namespace bangkit::aid
