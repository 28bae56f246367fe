#include "services/dashboard/events/aid_projection.h"

#include "services/dashboard/events/aid_events.h"
#include "services/dashboard/events/measured_events.h"
#include "services/dashboard/storage/aid_tables.h"
#include "services/dashboard/storage/measure_tables.h"

namespace bangkit::dashboard {
namespace {

template <typename State, typename Event>
Result<void> Take(const std::string& id, Result<Event> parsed, Known<State>& known,
                  AidChanges& changes) {
    if (!parsed) return std::unexpected(parsed.error());
    changes.Add(known.Find(id), *parsed);
    known.Save(id, std::move(parsed->after));
    return {};
}

}  // namespace

void AidProjection::Load(postgres::Transaction& transaction,
                         std::span<const messaging::ReceivedEvent> events) {
    postgres::UuidArray programs, budgets, applications, measured;
    for (const messaging::ReceivedEvent& event : events) {
        // Nothing can be known of any before its first event.
        if (event.envelope.version == 1) continue;
        const std::string& type = event.envelope.aggregate_type;
        if (type == kProgramAggregate) programs.Add(event.envelope.aggregate_id);
        if (type == kBudgetAggregate) budgets.Add(event.envelope.aggregate_id);
        if (type == kApplicationAggregate) applications.Add(event.envelope.aggregate_id);
        if (IsMeasured(type)) measured.Add(event.envelope.aggregate_id);
    }
    programs_.SetLoaded(LoadPrograms(transaction, programs));
    budgets_.SetLoaded(LoadBudgets(transaction, budgets));
    applications_.SetLoaded(LoadApplications(transaction, applications));
    measured_.SetLoaded(LoadMeasured(transaction, measured));
}

Result<void> AidProjection::Fold(const messaging::ReceivedEvent& event) {
    const std::string& type = event.envelope.aggregate_type;
    const std::string& id = event.envelope.aggregate_id;
    if (type == kProgramAggregate) {
        return Take(id, ParseProgramEvent(event, regions_), programs_, changes_);
    }
    if (type == kBudgetAggregate) {
        return Take(id, ParseBudgetEvent(event, regions_), budgets_, changes_);
    }
    if (type == kApplicationAggregate) {
        return Take(id, ParseApplicationEvent(event, regions_), applications_, changes_);
    }
    if (IsMeasured(type)) {
        return Take(id, ParseMeasuredEvent(event, regions_), measured_, changes_);
    }
    return {};
}

void AidProjection::Save(postgres::Transaction& transaction) {
    SavePrograms(transaction, programs_.saved());
    SaveBudgets(transaction, budgets_.saved());
    SaveApplications(transaction, applications_.saved());
    SaveMeasured(transaction, measured_.saved());
    SaveAidChanges(transaction, changes_);
}

}  // namespace bangkit::dashboard
