#include "services/dashboard/events/business_projection.h"

#include "services/dashboard/events/need_events.h"
#include "services/dashboard/events/registration_events.h"
#include "services/dashboard/storage/projection_tables.h"

namespace bangkit::dashboard {
namespace {

/// As this batch has left it so far, or as it was loaded; nullptr: not known.
template <typename State>
const State* FindIn(const std::map<std::string, State>& saved,
                    const std::unordered_map<std::string, State>& loaded, const std::string& id) {
    if (const auto found = saved.find(id); found != saved.end()) return &found->second;
    const auto found = loaded.find(id);
    return found == loaded.end() ? nullptr : &found->second;
}

}  // namespace

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
    loaded_ = LoadStates(transaction, businesses);
    loaded_needs_ = LoadNeeds(transaction, needs);
}

Result<void> BusinessProjection::Fold(const messaging::ReceivedEvent& event) {
    if (event.envelope.aggregate_type == kNeedAggregate) return FoldNeed(event);
    if (event.envelope.aggregate_type != kBusinessAggregate) return {};
    Result<BusinessEvent> parsed = ParseBusinessEvent(event, regions_);
    if (!parsed) return std::unexpected(parsed.error());
    const std::string& id = event.envelope.aggregate_id;
    changes_.Add(Find(id), *parsed);
    saved_.insert_or_assign(id, std::move(parsed->after));
    return {};
}

Result<void> BusinessProjection::FoldNeed(const messaging::ReceivedEvent& event) {
    Result<NeedEvent> parsed = ParseNeedEvent(event, regions_);
    if (!parsed) return std::unexpected(parsed.error());
    const std::string& id = event.envelope.aggregate_id;
    changes_.Add(FindIn(saved_needs_, loaded_needs_, id), *parsed);
    saved_needs_.insert_or_assign(id, std::move(parsed->after));
    return {};
}

void BusinessProjection::Save(postgres::Transaction& transaction) {
    SaveStates(transaction, saved_);
    SaveNeeds(transaction, saved_needs_);
    SaveChanges(transaction, changes_);
}

const BusinessState* BusinessProjection::Find(const std::string& business_id) const {
    return FindIn(saved_, loaded_, business_id);
}

}  // namespace bangkit::dashboard
