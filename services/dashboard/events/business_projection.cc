#include "services/dashboard/events/business_projection.h"

#include "services/dashboard/events/registration_events.h"
#include "services/dashboard/storage/projection_tables.h"

namespace bangkit::dashboard {

void BusinessProjection::Load(postgres::Transaction& transaction,
                              std::span<const messaging::ReceivedEvent> events) {
    postgres::UuidArray ids;
    for (const messaging::ReceivedEvent& event : events) {
        // Nothing can be known of a business before its first event.
        const bool may_be_known = event.envelope.version > 1;
        if (may_be_known && event.envelope.aggregate_type == kBusinessAggregate) {
            ids.Add(event.envelope.aggregate_id);
        }
    }
    loaded_ = LoadStates(transaction, ids);
}

Result<void> BusinessProjection::Fold(const messaging::ReceivedEvent& event) {
    if (event.envelope.aggregate_type != kBusinessAggregate) return {};
    Result<BusinessEvent> parsed = ParseBusinessEvent(event, regions_);
    if (!parsed) return std::unexpected(parsed.error());
    const std::string& id = event.envelope.aggregate_id;
    changes_.Add(Find(id), *parsed);
    saved_.insert_or_assign(id, std::move(parsed->after));
    return {};
}

void BusinessProjection::Save(postgres::Transaction& transaction) {
    SaveStates(transaction, saved_);
    SaveChanges(transaction, changes_);
}

const BusinessState* BusinessProjection::Find(const std::string& business_id) const {
    if (const auto found = saved_.find(business_id); found != saved_.end()) return &found->second;
    const auto found = loaded_.find(business_id);
    return found == loaded_.end() ? nullptr : &found->second;
}

}  // namespace bangkit::dashboard
