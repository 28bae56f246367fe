#pragma once

#include "libs/indonesia/regions.h"
#include "libs/messaging/inbox.h"
#include "services/dashboard/domain/changes.h"
#include "services/dashboard/events/known.h"

namespace bangkit::dashboard {

/// What a batch of registration's events, of businesses and of their needs, does to the figures.
/// Events of other aggregates mean nothing here and pass.
class BusinessProjection final : public messaging::Projection {
public:
    explicit BusinessProjection(const indonesia::RegionTree& regions) : regions_(regions) {}

    void Load(postgres::Transaction& transaction,
              std::span<const messaging::ReceivedEvent> events) override;
    Result<void> Fold(const messaging::ReceivedEvent& event) override;
    void Save(postgres::Transaction& transaction) override;

private:
    Result<void> FoldNeed(const messaging::ReceivedEvent& event);

    const indonesia::RegionTree& regions_;
    Known<BusinessState> businesses_;
    Known<NeedState> needs_;
    Changes changes_;
};

}  // namespace bangkit::dashboard
