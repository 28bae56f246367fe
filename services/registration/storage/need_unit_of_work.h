#pragma once

#include <map>
#include <span>
#include <string>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/crypto/key_ring.h"
#include "libs/messaging/outbox.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/need.h"
#include "services/registration/storage/needs.h"

namespace bangkit::registration {

/// One transaction of needs: aggregates of their own, beside the businesses that state them.
class NeedUnitOfWork {
public:
    using Command = NeedCommand;
    using Pending = command::PendingCommand<Command>;

    explicit NeedUnitOfWork(const crypto::KeyRing& keys) : keys_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    Result<NeedEvent> Decide(const StateNeed& command, const identity::Caller& caller, Time now);
    template <typename Change>
    Result<NeedEvent> Decide(const Change& command, const identity::Caller& caller, Time now);

    const crypto::KeyRing& keys_;
    std::map<std::string, Business> businesses_;  // Of which needs are stated.
    Tracked<Need> needs_;
    std::map<std::string, SealedNeedText> texts_;  // Of new ones.
    NeedHistory history_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::registration
