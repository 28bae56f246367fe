#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

#include "libs/postgres/connection.h"
#include "services/dashboard/domain/changes.h"

namespace bangkit::dashboard {

/// Not locked: whoever consumes a partition holds its row of inbox_offsets, and the events of one
/// business all lie in one partition.
std::unordered_map<std::string, BusinessState> LoadStates(postgres::Transaction& transaction,
                                                          const postgres::UuidArray& business_ids);

void SaveStates(postgres::Transaction& transaction,
                const std::map<std::string, BusinessState>& states);

/// The same of needs.
std::unordered_map<std::string, NeedState> LoadNeeds(postgres::Transaction& transaction,
                                                     const postgres::UuidArray& need_ids);
void SaveNeeds(postgres::Transaction& transaction, const std::map<std::string, NeedState>& needs);

/// Adds the changes to the figures, raises the versions of the regions and marks them as dirty. The
/// rows are locked in one order by everybody, so that projectors never wait for each other in a
/// circle.
void SaveChanges(postgres::Transaction& transaction, const Changes& changes);

/// Raises the versions of regions whose figures have changed, and marks them as dirty. `changed`:
/// by how many businesses each has more.
void RaiseVersions(postgres::Transaction& transaction,
                   const std::map<std::string, std::int64_t>& changed);

}  // namespace bangkit::dashboard
