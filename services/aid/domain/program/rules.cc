#include "services/aid/domain/program/rules.h"

#include <algorithm>
#include <utility>

#include "services/aid/domain/region.h"

namespace bangkit::aid {
namespace {

template <typename Known>
const Known::mapped_type* Find(const Known& known, Fact fact) {
    const auto found = known.find(fact);
    return found == known.end() ? nullptr : &found->second;
}

bool HoldsOfRegion(const Rule& rule, const std::string& region_code) {
    return std::ranges::any_of(
        rule.region_codes, [&](const std::string& outer) { return LiesIn(region_code, outer); });
}

bool HoldsOfNumbers(const Rule& rule, const std::set<std::int64_t>& numbers) {
    const auto has_one = [&] {
        return std::ranges::any_of(rule.numbers,
                                   [&](std::int64_t wanted) { return numbers.contains(wanted); });
    };
    switch (rule.test) {
        case RuleTest::kAnyOf: return has_one();
        case RuleTest::kNoneOf: return !has_one();
        case RuleTest::kAtLeast: return !numbers.empty() && *numbers.begin() >= rule.numbers.at(0);
        case RuleTest::kAtMost: return !numbers.empty() && *numbers.rbegin() <= rule.numbers.at(0);
        case RuleTest::kInRegion: return false;
    }
    std::unreachable();
}

}  // namespace

const std::set<std::int64_t>* Facts::Numbers(Fact fact) const { return Find(numbers_, fact); }

const std::string* Facts::Region(Fact fact) const { return Find(regions_, fact); }

bool AsksFor(const RuleSet& set, Fact fact) {
    return std::ranges::any_of(set.rules, [fact](const Rule& rule) { return rule.fact == fact; });
}

std::vector<Finding> Evaluate(const RuleSet& set, const Facts& facts) {
    std::vector<Finding> findings;
    for (const Rule& rule : set.rules) {
        Finding finding{.code = rule.code, .fact = rule.fact};
        bool holds = rule.passes_if_unknown;
        if (rule.test == RuleTest::kInRegion) {
            const std::string* region = facts.Region(rule.fact);
            finding.is_unknown = region == nullptr;
            if (region != nullptr) {
                holds = HoldsOfRegion(rule, *region);
                finding.region_code = *region;
            }
        } else {
            const std::set<std::int64_t>* numbers = facts.Numbers(rule.fact);
            finding.is_unknown = numbers == nullptr;
            if (numbers != nullptr) {
                holds = HoldsOfNumbers(rule, *numbers);
                finding.numbers = *numbers;
            }
        }
        if (!holds) findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace bangkit::aid
