#pragma once

#include <chrono>
#include <map>
#include <span>
#include <string>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/crypto/key_ring.h"
#include "libs/messaging/outbox.h"
#include "libs/postgres/connection.h"
#include "services/registration/storage/duplicates.h"
#include "services/registration/storage/groups.h"
#include "services/registration/storage/merges.h"
#include "services/registration/storage/owners.h"

namespace bangkit::registration {

/// One transaction of what people decide on possible duplicates. Its clock is that of the database,
/// by which a merge can be undone for a time.
class DuplicateUnitOfWork {
public:
    using Command = DuplicateCommand;
    using Pending = command::PendingCommand<Command>;

    DuplicateUnitOfWork(const crypto::KeyRing& keys, std::chrono::hours undo_period)
        : undo_period_(undo_period), owners_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    struct Context {
        const identity::Caller& caller;
        const std::string& traceparent;
    };

    /// Where the businesses of pairs under review lie.
    void LoadRegions(postgres::Transaction& transaction);

    command::Outcome Handle(const AssignDuplicate& command, const Context& context);
    command::Outcome Handle(const ConfirmDuplicate& command, const Context& context);
    command::Outcome Handle(const RejectDuplicate& command, const Context& context);
    command::Outcome Handle(const MergeBusinesses& command, const Context& context);
    command::Outcome Handle(const UndoMerge& command, const Context& context);

    /// Null if it is absent, or one of the two is out of the caller's reach.
    const Duplicate* FindInScope(const std::string& id, const identity::Caller& caller) const;
    /// One that was not found stands for one that the caller does not reach.
    Business FindBusiness(const std::string& id, const identity::Caller& caller) const;
    /// Folds the event in and puts it on its way out, for both businesses.
    void Record(const Event& event, const Merge& merge, const Context& context);

    const std::chrono::hours undo_period_;
    Time now_;                                    // By the clock of the database.
    std::map<std::string, BusinessPair> pairs_;   // By duplicate id.
    std::map<std::string, std::string> regions_;  // Of the businesses of these pairs.
    Duplicates duplicates_;
    Merges merges_;
    GroupMembers groups_;
    Owners owners_;
    Tracked<Business> businesses_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::registration
