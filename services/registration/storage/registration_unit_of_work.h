#pragma once

#include <map>
#include <span>
#include <string>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/crypto/key_ring.h"
#include "libs/messaging/outbox.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"
#include "services/registration/storage/businesses.h"
#include "services/registration/storage/claims.h"
#include "services/registration/storage/history.h"
#include "services/registration/storage/owners.h"

namespace bangkit::registration {

/// One transaction of the registry: loads what a batch of commands needs, lets the domain decide
/// one command after the other, and saves what has changed.
class RegistrationUnitOfWork {
public:
    using Command = registration::Command;
    using Pending = command::PendingCommand<Command>;

    explicit RegistrationUnitOfWork(const crypto::KeyRing& keys) : keys_(keys), owners_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    struct Context {
        const identity::Caller& caller;
        const std::string& traceparent;
        Time now;
    };
    /// The keyed hashes of the numbers that a registration claims; empty where it has none.
    struct Hashes {
        std::string nik, nib, row;
    };

    void WantClaims(const RegisterBusiness& command);
    void LoadKnownOwners(postgres::Transaction& transaction,
                         std::span<const Command* const> commands);

    command::Outcome Handle(const RegisterBusiness& command, const Context& context);
    command::Outcome Handle(const ReportCondition& command, const Context& context);
    /// Says where the known owner's business is, if the caller may know.
    command::Outcome AlreadyExists(Error error, const std::string& owner_id,
                                   const Context& context) const;

    /// Folds the events in and puts them on their way out.
    void Record(Business& business, const Events& events, const Context& context);

    const crypto::KeyRing& keys_;
    std::map<std::string, Hashes> hashes_;  // By the business id of the command.
    IdentityClaims claims_;
    Owners owners_;
    std::multimap<std::string, OwnedBusiness> businesses_of_;  // By owner id.
    Tracked<Business> businesses_;
    History history_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::registration
