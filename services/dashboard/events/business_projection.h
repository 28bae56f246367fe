#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "libs/indonesia/regions.h"
#include "libs/messaging/inbox.h"
#include "services/dashboard/domain/changes.h"

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
    const BusinessState* Find(const std::string& business_id) const;
    Result<void> FoldNeed(const messaging::ReceivedEvent& event);

    const indonesia::RegionTree& regions_;
    std::unordered_map<std::string, BusinessState> loaded_;
    std::map<std::string, BusinessState> saved_;  // As the events of this batch left them.
    std::unordered_map<std::string, NeedState> loaded_needs_;
    std::map<std::string, NeedState> saved_needs_;
    Changes changes_;
};

}  // namespace bangkit::dashboard
