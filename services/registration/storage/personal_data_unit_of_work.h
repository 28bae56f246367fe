#pragma once

#include <map>
#include <span>
#include <string>

#include "libs/base/tracked.h"
#include "libs/command/unit_of_work.h"
#include "libs/crypto/key_ring.h"
#include "libs/messaging/outbox.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/personal_data.h"
#include "services/registration/storage/disclosures.h"
#include "services/registration/storage/erasure.h"
#include "services/registration/storage/identity_search.h"
#include "services/registration/storage/owners.h"
#include "services/registration/storage/subject_requests.h"

namespace bangkit::registration {

/// One transaction of what concerns the people behind businesses. A unit of its own beside that of
/// the registry: an erasure holds up nobody's import, and its clock is that of the database.
class PersonalDataUnitOfWork {
public:
    using Command = PersonalDataCommand;
    using Pending = command::PendingCommand<Command>;

    explicit PersonalDataUnitOfWork(const crypto::KeyRing& keys)
        : search_(keys), erasure_(keys), owners_(keys) {}

    static std::string Target(const Command& command);

    void Load(postgres::Transaction& transaction, std::span<const Command* const> commands);
    command::Outcome Handle(const Pending& pending, Time now);
    void Save(postgres::Transaction& transaction);

private:
    /// A business by which a person is found.
    struct Found {
        std::string owner_id;
        std::string region_code;
    };
    struct Context {
        const identity::Caller& caller;
        const std::string& traceparent;
    };

    void LoadFound(postgres::Transaction& transaction, const postgres::UuidArray& business_ids);
    void LoadStandings(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids);

    command::Outcome Handle(const RevealOwner& command, const Context& context);
    command::Outcome Handle(const DiscloseBusinesses& command, const Context& context);
    command::Outcome Handle(const FindByIdentity& command, const Context& context);
    command::Outcome Handle(const OpenSubjectRequest& command, const Context& context);
    command::Outcome Handle(const EraseOwner& command, const Context& context);
    command::Outcome Handle(const ExportPersonalData& command, const Context& context);
    command::Outcome Handle(const CloseSubjectRequest& command, const Context& context);
    command::Outcome Handle(const SetLegalHold& command, const Context& context);

    /// Null if it is absent, or out of the caller's reach.
    const Found* FindInScope(const std::string& business_id, const identity::Caller& caller) const;
    const SubjectRequest* RequestInScope(const std::string& id,
                                         const identity::Caller& caller) const;
    /// Bumps and publishes the versions of the owner's businesses; returns their positions.
    std::vector<std::string> Publish(const std::string& owner_id, const Context& context);

    Time now_;                            // By the clock of the database.
    std::map<std::string, Found> found_;  // By business id.
    std::map<std::string, OwnerStanding> standings_;
    std::map<std::string, OwnerStanding> held_;  // Those whose legal hold is changed.
    SubjectRequests requests_;
    Disclosures disclosures_;
    IdentitySearch search_;
    Erasure erasure_;
    Erasures erasures_;
    Owners owners_;
    Tracked<Business> businesses_;
    messaging::Outbox outbox_;
};

}  // namespace bangkit::registration
