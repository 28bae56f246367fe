#include "libs/indonesia/scale.h"

#include <array>

namespace bangkit::indonesia {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kBillion = 1'000 * kMillion;

constexpr std::array<ScaleRuleSet, 2> kRuleSets{{
    {.name = "UU20_2008",
     .valid_from = 2008y / 7 / 4,
     .annual_sales = {300 * kMillion, 2'500 * kMillion, 50 * kBillion},
     .capital = {50 * kMillion, 500 * kMillion, 10 * kBillion}},
    {.name = "PP7_2021",
     .valid_from = 2021y / 2 / 2,
     .annual_sales = {2 * kBillion, 15 * kBillion, 50 * kBillion},
     .capital = {1 * kBillion, 5 * kBillion, 10 * kBillion}},
}};

const ScaleRuleSet& InForce(Date on) {
    const ScaleRuleSet* in_force = &kRuleSets.front();
    for (const ScaleRuleSet& rules : kRuleSets) {
        if (rules.valid_from <= on) in_force = &rules;
    }
    return *in_force;
}

Scale ByAmount(std::int64_t rupiah, const ScaleBounds& bounds) {
    if (rupiah <= bounds.micro_max) return Scale::kMicro;
    if (rupiah <= bounds.small_max) return Scale::kSmall;
    if (rupiah <= bounds.medium_max) return Scale::kMedium;
    return Scale::kLarge;
}

}  // namespace

std::span<const ScaleRuleSet> ScaleRuleSets() { return kRuleSets; }

Classification Classify(std::optional<std::int64_t> annual_sales,
                        std::optional<std::int64_t> capital, Date on) {
    const ScaleRuleSet& rules = InForce(on);
    if (annual_sales) return {ByAmount(*annual_sales, rules.annual_sales), rules.name};
    if (capital) return {ByAmount(*capital, rules.capital), rules.name};
    return {Scale::kUnknown, rules.name};
}

}  // namespace bangkit::indonesia
