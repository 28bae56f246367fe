#include "services/aid/domain/training/entitlement.h"

#include <tuple>

namespace bangkit::aid {

std::set<std::int64_t> TopicsOf(const RuleSet& rules) {
    std::set<std::int64_t> topics;
    for (const Rule& rule : rules.rules) {
        const bool asks = rule.fact == Fact::kCompletedCourses && rule.test == RuleTest::kAnyOf;
        if (asks) topics.insert(rule.numbers.begin(), rule.numbers.end());
    }
    return topics;
}

Result<const Entitlement*> ChooseEntitlement(const ProgramTerms& terms,
                                             const std::vector<Entitlement>& entitlements) {
    const std::set<std::int64_t> topics = TopicsOf(terms.rules);
    if (topics.empty()) return nullptr;
    const Entitlement* oldest = nullptr;
    for (const Entitlement& each : entitlements) {
        if (!each.taken_by.empty() || !topics.contains(each.topic)) continue;
        const bool is_older =
            oldest == nullptr || std::tie(each.completed_at, each.enrolment_id) <
                                     std::tie(oldest->completed_at, oldest->enrolment_id);
        if (is_older) oldest = &each;
    }
    if (oldest != nullptr) return oldest;
    return Refused(ErrorCode::kFailedPrecondition, "ENTITLEMENT_USED",
                   "goods were given for every course that was completed");
}

}  // namespace bangkit::aid
