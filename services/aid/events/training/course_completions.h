#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "libs/base/clock.h"
#include "libs/indonesia/regions.h"
#include "libs/messaging/projection.h"
#include "services/aid/storage/training/entitlements.h"

namespace bangkit::aid {

inline constexpr std::string_view kTrainingTopic = "bangkit.training.v1";

/// Courses that were completed entitle to what is given to who has learned it: one entitlement for
/// each completion, however often it is heard of. All else that training says means nothing here
/// and passes.
class CourseCompletions final : public messaging::Projection {
public:
    /// Both must outlive it.
    CourseCompletions(const indonesia::RegionTree& regions, const Clock& clock)
        : regions_(regions), clock_(clock) {}

    void Load(postgres::Transaction&, std::span<const messaging::ReceivedEvent>) override {}
    /// EVENT_INVALID: unreadable, without ids or a time, of a topic or a region that does not
    /// exist.
    Result<void> Fold(const messaging::ReceivedEvent& event) override;
    void Save(postgres::Transaction& transaction) override { entitlements_.Save(transaction); }

private:
    const indonesia::RegionTree& regions_;
    const Clock& clock_;
    std::set<std::string> known_;  // In this transaction.
    NewEntitlements entitlements_;
};

}  // namespace bangkit::aid
