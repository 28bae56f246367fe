#pragma once

#include <map>
#include <string>

#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"
#include "services/registration/storage/owners.h"

namespace bangkit::registration {

/// The details of businesses that one transaction changes.
class ChangedDetails {
public:
    /// `business`: as it was before the event.
    void Add(const Business& business, const DetailsChanged& event);
    /// After the versions of these rows have been saved, which guards them.
    void Save(postgres::Transaction& transaction, const Owners& owners) const;

private:
    struct Change {
        std::string owner_id;
        std::string name_before, region_before;  // Before all of them.
        Profile profile;
        bool has_new_npwp = false;
        bool has_moved = false;
    };
    std::map<std::string, Change> changes_;  // By business id.
};

}  // namespace bangkit::registration
