#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/postgres/connection.h"
#include "services/registration/domain/business.h"
#include "services/registration/storage/owners.h"

namespace bangkit::registration {

/// Of a row of `businesses b`, in the order that ToBusiness() reads them. All that is not sealed.
inline constexpr std::string_view kBusinessColumns =
    "b.business_id, b.version, b.owner_id, b.kind, b.name, b.region_code, b.address, b.kbli,"
    " b.capital_rupiah, b.annual_sales_rupiah, b.scale, b.scale_rule_set, b.scale_since,"
    " b.condition, b.condition_since, b.verification, b.channels, b.nib, b.start_date,"
    " b.registered_at, b.updated_at, b.owner_is_erased, b.order_and_deliver, b.location_type,"
    " b.network_coverage, b.workers_male, b.workers_female, b.details, b.merged_into";
inline constexpr int kBusinessColumnCount = 29;
Business ToBusiness(const postgres::Rows& rows, int i);
/// The threshold set of this name: a text that outlives the rows. Empty if there is none.
std::string_view RuleSetNamed(std::string_view name);

/// Locks in id order; ids not found are left out. The tax numbers stay sealed.
std::vector<Business> LockBusinesses(postgres::Transaction& transaction,
                                     const postgres::UuidArray& ids);

struct OwnedBusiness {
    std::string business_id;
    std::string region_code;
};
/// By owner id. Tells whoever registers a known owner where that owner's businesses are.
std::multimap<std::string, OwnedBusiness> FindBusinessesOf(postgres::Transaction& transaction,
                                                           const postgres::UuidArray& owner_ids);

/// New rows are plain INSERTs. Of changed rows the version and what statements change of them is
/// saved here, the details by ChangedDetails. Changed rows are updated where the version is what
/// was loaded: locks protect every row that was there to be locked, keys and versions protect the
/// rest; the transaction fails as a lost race if a row is no longer what was loaded.
void SaveBusinesses(postgres::Transaction& transaction, const Tracked<Business>& businesses,
                    const Owners& owners);

}  // namespace bangkit::registration
