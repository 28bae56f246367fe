#include "services/aid/api/program/rule_checks.h"

#include <algorithm>
#include <set>

namespace bangkit::aid {
namespace {

constexpr int kRulesMax = 50;
constexpr int kValuesMax = 50;
constexpr std::size_t kSourceMax = 200;

bool IsRegionFact(v1::Fact fact) {
    return fact == v1::FACT_REGION || fact == v1::FACT_IDENTITY_REGION;
}

bool IsCode(std::string_view code) {
    constexpr std::size_t kMin = 3, kMax = 40;
    return code.size() >= kMin && code.size() <= kMax && std::ranges::all_of(code, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
           });
}

void CheckNumbers(rpc::FieldChecker& fields, const std::string& field, const v1::Rule& rule) {
    const bool is_one =
        rule.test() == v1::RULE_TEST_AT_LEAST || rule.test() == v1::RULE_TEST_AT_MOST;
    if (rule.numbers().empty()) {
        fields.Refuse(field, "REQUIRED", "is required");
    } else if (is_one && rule.numbers_size() != 1) {
        fields.Refuse(field, "OUT_OF_RANGE", "must be one number for this test");
    } else if (rule.numbers_size() > kValuesMax) {
        fields.Refuse(field, "OUT_OF_RANGE", "must be at most 50");
    }
    if (!rule.region_codes().empty()) {
        fields.Refuse(field, "NOT_OF_TEST", "regions belong to another test");
    }
}

void CheckRegions(rpc::FieldChecker& fields, const std::string& field, const v1::Rule& rule,
                  const indonesia::RegionTree& regions) {
    if (rule.region_codes().empty()) fields.Refuse(field, "REQUIRED", "is required");
    if (rule.region_codes_size() > kValuesMax) {
        fields.Refuse(field, "OUT_OF_RANGE", "must be at most 50");
    }
    for (const std::string& code : rule.region_codes()) {
        if (regions.Find(code) == nullptr) {
            fields.Refuse(field, "REGION_UNKNOWN", "must be codes of regions");
            break;
        }
    }
    if (!rule.numbers().empty()) {
        fields.Refuse(field, "NOT_OF_TEST", "numbers belong to another test");
    }
}

void CheckRule(rpc::FieldChecker& fields, const std::string& field, const v1::Rule& rule,
               const indonesia::RegionTree& regions) {
    CheckCode(fields, field + ".code", rule.code());
    fields.Enum(field + ".fact", rule.fact());
    fields.Enum(field + ".test", rule.test());
    fields.Enum(field + ".unknown", rule.unknown(), rpc::Presence::kOptional);
    fields.Text(field + ".source", rule.source(), kSourceMax, rpc::Presence::kOptional);
    const bool asks_for_region = rule.test() == v1::RULE_TEST_IN_REGION;
    if (asks_for_region != IsRegionFact(rule.fact())) {
        fields.Refuse(field + ".test", "NOT_OF_FACT", "cannot be asked of this fact");
    } else if (asks_for_region) {
        CheckRegions(fields, field + ".region_codes", rule, regions);
    } else {
        CheckNumbers(fields, field + ".numbers", rule);
    }
}

}  // namespace

void CheckCode(rpc::FieldChecker& fields, std::string_view field, std::string_view code) {
    if (code.empty()) {
        fields.Require(field, false);
    } else if (!IsCode(code)) {
        fields.Refuse(field, "CODE_INVALID", "must be 3 to 40 capital letters, digits and _");
    }
}

void CheckRuleSet(rpc::FieldChecker& fields, const std::string& field, const v1::RuleSet& set,
                  const indonesia::RegionTree& regions) {
    CheckCode(fields, field + ".code", set.code());
    fields.Require(field + ".rules", !set.rules().empty());
    if (set.rules_size() > kRulesMax) {
        fields.Refuse(field + ".rules", "OUT_OF_RANGE", "must be at most 50");
        return;
    }
    std::set<std::string_view> codes;
    for (int i = 0; i < set.rules_size(); ++i) {
        const v1::Rule& rule = set.rules(i);
        const std::string at = field + ".rules[" + std::to_string(i) + "]";
        CheckRule(fields, at, rule, regions);
        if (!codes.insert(rule.code()).second) {
            fields.Refuse(at + ".code", "DUPLICATE", "was named before");
        }
    }
}

}  // namespace bangkit::aid
