#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "libs/base/clock.h"

namespace bangkit::indonesia {

// The numbers are stored and sent: never change them. A higher scale has a higher number.
enum class Scale { kUnknown = 0, kMicro = 1, kSmall = 2, kMedium = 3, kLarge = 4 };

/// Largest amounts in rupiah that still belong to a scale; what lies above kMedium is large.
struct ScaleBounds {
    std::int64_t micro_max;
    std::int64_t small_max;
    std::int64_t medium_max;
};

struct ScaleRuleSet {
    std::string_view name;  // Stored with each classification: "PP7_2021".
    Date valid_from;
    ScaleBounds annual_sales;
    ScaleBounds capital;  // Without land and buildings of the place of business.
};

/// The sets of thresholds, the oldest first.
std::span<const ScaleRuleSet> ScaleRuleSets();

struct Classification {
    Scale scale = Scale::kUnknown;
    std::string_view rule_set;
    bool operator==(const Classification&) const = default;
};

/// The scale of a business by the rules in force on `on` (before the first: by the first): by its
/// annual sales if known, else by its capital, both in rupiah, else kUnknown.
Classification Classify(std::optional<std::int64_t> annual_sales,
                        std::optional<std::int64_t> capital, Date on);

}  // namespace bangkit::indonesia
