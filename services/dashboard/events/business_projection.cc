#include "services/dashboard/events/business_projection.h"

#include "services/dashboard/events/need_events.h"
#include "services/dashboard/events/registration_events.h"
#include "services/dashboard/storage/projection_tables.h"

namespace bangkit::dashboard {

void BusinessProjection::Load(postgres::Transaction& transaction,
                              std::span<const messaging::ReceivedEvent> events) {
    postgres::UuidArray businesses, needs;
    for (const messaging::ReceivedEvent& event : events) {
        // Nothing can be known of either before its first event.
        if (event.envelope.version == 1) continue;
        const std::string& type = event.envelope.aggregate_type;
        if (type == kBusinessAggregate) businesses.Add(event.envelope.aggregate_id);
        if (type == kNeedAggregate) needs.Add(event.envelope.aggregate_id);
    }
    businesses_.SetLoaded(LoadStates(transaction, businesses));
    needs_.SetLoaded(LoadNeeds(transaction, needs));
}

Result<void> BusinessProjection::Fold(const messaging::ReceivedEvent& event) {
    if (event.envelope.aggregate_type == kNeedAggregate) return FoldNeed(event);
    if (event.envelope.aggregate_type != kBusinessAggregate) return {};
    Result<BusinessEvent> parsed = ParseBusinessEvent(event, regions_);
    if (!parsed) return std::unexpected(parsed.error());
    const std::string& id = event.envelope.aggregate_id;
    changes_.Add(businesses_.Find(id), *parsed);
    businesses_.Save(id, std::move(parsed->after));
    return {};
}

Result<void> BusinessProjection::FoldNeed(const messaging::ReceivedEvent& event) {
    Result<NeedEvent> parsed = ParseNeedEvent(event, regions_);
    if (!parsed) return std::unexpected(parsed.error());
    const std::string& id = event.envelope.aggregate_id;
    changes_.Add(needs_.Find(id), *parsed);
    needs_.Save(id, std::move(parsed->after));
    return {};
}

void BusinessProjection::Save(postgres::Transaction& transaction) {
    SaveStates(transaction, businesses_.saved());
    SaveNeeds(transaction, needs_.saved());
    SaveChanges(transaction, changes_);
}

}  // namespace bangkit::dashboard
