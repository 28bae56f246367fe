#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/crypto/key_ring.h"
#include "libs/messaging/outbox.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/update.h"
#include "services/registration/storage/businesses.h"
#include "services/registration/storage/changed_details.h"
#include "services/registration/storage/claims.h"
#include "services/registration/storage/erasure.h"
#include "services/registration/storage/groups.h"
#include "services/registration/storage/history.h"
#include "services/registration/storage/owners.h"
#include "services/registration/storage/region_moves.h"

namespace bangkit::registration {

/// One transaction of the registry: loads what a batch of commands needs, lets the domain decide
/// one command after the other, and saves what has changed.
class RegistrationUnitOfWork {
public:
    using Command = registration::Command;
    using Pending = command::PendingCommand<Command>;

    explicit RegistrationUnitOfWork(const crypto::KeyRing& keys)
        : keys_(keys), claims_(keys), erased_(keys), owners_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

    // For units of work that have commands of their own carried out by this one.

    /// As the commands so far left it; nullptr: not there, or not loaded.
    const Business* FindBusiness(const std::string& id) const;
    /// An owner that was loaded for a change, or made; nullptr: erased, or not loaded.
    const Owner* FindOwner(const std::string& id) const { return owners_.Find(id); }
    /// Whose NIK the registration states; empty: nobody's so far. After Load().
    std::string KnownOwnerOf(const RegisterBusiness& command) const;

private:
    struct Context {
        const identity::Caller& caller;
        const std::string& traceparent;
        Time now;
    };
    /// What a registration claims.
    struct Numbers {
        ClaimedNumber nik, nib, row;
    };

    void WantClaims(const RegisterBusiness& command);
    void WantClaims(const UpdateBusiness& command);
    /// Of whom a refusal may tell where they have their businesses, and whose keys are needed.
    void LoadKnownOwners(postgres::Transaction& transaction,
                         std::span<const Command* const> commands);

    command::Outcome Handle(const RegisterBusiness& command, const Context& context);
    command::Outcome Handle(const ReportCondition& command, const Context& context);
    command::Outcome Handle(const UpdateBusiness& command, const Context& context);
    command::Outcome Handle(const VerifyBusiness& command, const Context& context);
    command::Outcome Handle(const ChangeGroupMembers& command, const Context& context);
    command::Outcome Handle(const ApplyRegionChange& command, const Context& context);
    /// False: it is not in a region of before any more, or lies in nothing below the country.
    bool Move(Need& need, const ApplyRegionChange& command, const Context& context);
    /// Who holds the numbers that the command claims, and the owner if it needs one.
    UpdateFacts FactsFor(const Business& business, const UpdateBusiness& command) const;
    /// What a change of details means beyond the business itself: claims and the owner.
    void CarryOut(const Business& business, const UpdateBusiness& command,
                  const std::set<Detail>& changed);
    /// What a person should look at after the change.
    std::vector<std::string> WarningsOf(const Business& business,
                                        const UpdateBusiness& command) const;
    /// Says where the known owner's business is, if the caller may know.
    command::Outcome AlreadyExists(Error error, const std::string& owner_id,
                                   const Context& context) const;

    /// Folds the events in and puts them on their way out.
    void Record(Business& business, const Events& events, const Context& context);

    const crypto::KeyRing& keys_;
    std::map<std::string, Numbers> numbers_;  // By the business id of the command.
    IdentityClaims claims_;
    ErasedNiks erased_;
    Owners owners_;
    std::multimap<std::string, OwnedBusiness> businesses_of_;  // By owner id.
    Tracked<Business> businesses_;
    GroupMembers groups_;
    ChangedDetails details_;
    History history_;
    RegionMoves region_moves_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::registration
