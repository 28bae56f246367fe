#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "libs/base/clock.h"
#include "libs/base/result.h"
#include "services/aid/domain/program/program.h"

namespace bangkit::aid {

/// What a completed course entitles to: goods of one programme that asks for it, once.
struct Entitlement {
    std::string enrolment_id;
    std::string business_id;
    std::string owner_id;
    std::string course_id;
    std::int64_t topic = 0;  // bangkit.common.v1.NeedTopic
    Time completed_at;
    std::string taken_by;  // The application that has used it; empty: none yet.
    bool operator==(const Entitlement&) const = default;
};

/// The topics of which a programme asks one; empty: it asks for no course.
std::set<std::int64_t> TopicsOf(const RuleSet& rules);

/// Which of them is used for goods of a programme: the oldest that no other application has used;
/// nullptr if the programme asks for no course. FAILED_PRECONDITION: ENTITLEMENT_USED.
Result<const Entitlement*> ChooseEntitlement(const ProgramTerms& terms,
                                             const std::vector<Entitlement>& entitlements);

}  // namespace bangkit::aid
