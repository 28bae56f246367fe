#pragma once

#include "libs/indonesia/regions.h"
#include "libs/messaging/inbox.h"
#include "services/dashboard/domain/aid_changes.h"
#include "services/dashboard/events/known.h"

namespace bangkit::dashboard {

/// What a batch of aid's events, of programmes, budgets, applications and all that counts as
/// measures, does to the figures.
/// Events of other aggregates mean nothing here and pass.
class AidProjection final : public messaging::Projection {
public:
    explicit AidProjection(const indonesia::RegionTree& regions) : regions_(regions) {}

    void Load(postgres::Transaction& transaction,
              std::span<const messaging::ReceivedEvent> events) override;
    Result<void> Fold(const messaging::ReceivedEvent& event) override;
    void Save(postgres::Transaction& transaction) override;

private:
    const indonesia::RegionTree& regions_;
    Known<Program> programs_;
    Known<Budget> budgets_;
    Known<Application> applications_;
    Known<Measured> measured_;
    AidChanges changes_;
};

}  // namespace bangkit::dashboard
