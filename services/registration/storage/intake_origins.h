#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "libs/postgres/connection.h"
#include "services/registration/domain/intake_commands.h"

namespace bangkit::registration {

/// Who gave the registry what it has: devices, desks and files, by what registrations and histories
/// say. Of one transaction.
class IntakeOrigins {
public:
    /// What is known of these businesses, of those that they live on in, and of the others of their
    /// owners.
    void Load(postgres::Transaction& transaction, const std::set<std::string>& business_ids);
    void LoadOfOwners(postgres::Transaction& transaction, const std::set<std::string>& owner_ids);

    /// Of businesses that were there before this transaction.
    std::set<std::string> OwnerIds() const;
    /// nullopt: it was not there.
    std::optional<std::string> OwnerIdOf(const std::string& business_id) const;
    /// Empty: into none, or it was not there.
    std::string MergedIntoOf(const std::string& business_id) const;
    /// In which it lives on; itself if it was never merged.
    std::string LivingIdOf(std::string business_id) const;

    struct Origin {
        Stamp stamp;
        std::string business_id;  // By which it came.
        std::int64_t version = 0;
        std::string stated_by;
    };
    /// Who set a detail last. The business must exist.
    Origin OriginOf(const Business& business, Detail detail) const;
    /// The report since this date that was made last; nullopt: there is none.
    struct StatedCondition {
        Origin origin;
        std::string value;
    };
    std::optional<StatedCondition> ConditionAt(const std::string& business_id, Date since) const;

    // What happens in this transaction.
    void NoteRegistration(const Business& business, const Stamp& stamp, const std::string& by);
    void NoteCondition(const std::string& business_id, Date since, StatedCondition stated);

private:
    struct Registration {
        std::string owner_id;
        Origin origin;
        bool adds_to_owner = false;  // Who was there before, as far as this transaction has seen.
        std::string merged_into = {};
    };
    void LoadBusinesses(postgres::Transaction& transaction, const postgres::UuidArray& owner_ids);
    void LoadHistories(postgres::Transaction& transaction, const postgres::UuidArray& ids);

    std::map<std::string, Registration> registrations_;                   // By business.
    std::map<std::pair<std::string, Detail>, Origin> changes_;            // The last of each.
    std::map<std::pair<std::string, Date>, StatedCondition> conditions_;  // The same.
};

}  // namespace bangkit::registration
