#include "services/aid/domain/business/business.h"

namespace bangkit::aid {
namespace {

// bangkit.common.v1.BusinessCondition
constexpr int kDormant = 3, kClosed = 4;

}  // namespace

Facts FactsOf(const Business& business) {
    Facts facts;
    facts.Set(Fact::kKind, business.kind);
    facts.Set(Fact::kCondition, business.condition);
    facts.Set(Fact::kVerification, business.verification);
    facts.Set(Fact::kRegion, business.region_code);
    const bool has_stopped = business.condition == kDormant || business.condition == kClosed;
    facts.Set(Fact::kBusinessStopped, has_stopped ? 1 : 0);
    if (business.scale != 0) facts.Set(Fact::kScale, business.scale);
    if (business.kbli_division != 0) facts.Set(Fact::kKbliDivision, business.kbli_division);
    return facts;
}

const Business* LivingOne(const Businesses& businesses, const std::string& id) {
    const auto found = businesses.find(id);
    if (found == businesses.end()) return nullptr;
    const Business* business = &found->second;
    // No more steps than there are businesses: what is heard out of order might lead in a circle.
    for (std::size_t step = 0; step < businesses.size() && !business->merged_into.empty(); ++step) {
        const auto next = businesses.find(business->merged_into);
        if (next == businesses.end()) break;  // Nothing was heard of that one yet.
        business = &next->second;
    }
    return business;
}

std::vector<const Business*> FamilyOf(const Businesses& businesses, const std::string& id) {
    std::vector<const Business*> family;
    const Business* living = LivingOne(businesses, id);
    if (living == nullptr) return family;
    for (const auto& [other, business] : businesses) {
        const Business* lives_in =
            business.merged_into.empty() ? &business : LivingOne(businesses, other);
        if (other != id && lives_in == living) family.push_back(&business);
    }
    return family;
}

}  // namespace bangkit::aid
