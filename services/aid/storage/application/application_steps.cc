#include "services/aid/storage/application/application_steps.h"

#include <utility>

#include "services/aid/storage/application/application_mapping.h"
#include "services/aid/storage/uuids.h"

namespace bangkit::aid {
namespace {

std::set<std::string> BudgetsOf(postgres::Transaction& transaction,
                                const std::set<std::string>& application_ids) {
    std::set<std::string> budgets;
    if (application_ids.empty()) return budgets;
    const postgres::Rows rows = transaction.Run(
        "SELECT DISTINCT budget_id FROM applications"
        " WHERE application_id = ANY($1::uuid[]) AND budget_id IS NOT NULL",
        {Uuids(application_ids)});
    for (int i = 0; i < rows.size(); ++i) budgets.insert(rows.Uuid(i, 0));
    return budgets;
}

}  // namespace

void ApplicationSteps::Lock(postgres::Transaction& transaction, const Wanted& wanted) {
    std::set<std::string> moving = wanted.moving;
    moving.insert(wanted.ending.begin(), wanted.ending.end());
    const std::set<std::string> budgets = BudgetsOf(transaction, moving);
    if (!budgets.empty()) book_.Lock(transaction, Uuids(budgets), {});
    std::set<std::string> ids = wanted.ids;
    ids.insert(moving.begin(), moving.end());
    for (Application& application : LockApplications(transaction, Uuids(ids))) {
        applications_.AddLoaded(std::move(application));
    }
    claims_.Load(transaction, {}, {wanted.ending.begin(), wanted.ending.end()});
}

Result<void> ApplicationSteps::Record(const Application& before, const ApplicationEvent& event,
                                      const std::string& actor, const std::string& traceparent,
                                      Time now) {
    if (const auto order = PostingOf(before, event)) {
        if (Result<void> posted = book_.Post(before.budget_id, *order, actor, now); !posted) {
            return posted;
        }
    }
    const bool ends_with_nothing = std::holds_alternative<ApplicationRejected>(event) ||
                                   std::holds_alternative<ApplicationWithdrawn>(event) ||
                                   std::holds_alternative<ApplicationCancelled>(event);
    if (ends_with_nothing) claims_.Release(before.id);
    const Application after = Apply(before, event);
    history_.Add(after, actor);
    const PublicEvent out = ToPublic(before, after, event);
    outbox_.Add({.aggregate_type = kApplicationAggregate,
                 .aggregate_id = after.id,
                 .version = after.version,
                 .type = out.type,
                 .payload = out.payload,
                 .traceparent = traceparent});
    applications_[after.id] = after;
    return {};
}

void ApplicationSteps::Save(postgres::Transaction& transaction) {
    claims_.Save(transaction);
    SaveApplications(transaction, applications_);
    book_.Save(transaction);
    history_.Save(transaction);
    outbox_.Save(transaction);
}

}  // namespace bangkit::aid
