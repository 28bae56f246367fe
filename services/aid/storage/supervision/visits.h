#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/tracked.h"
#include "libs/crypto/sealed.h"
#include "libs/postgres/connection.h"
#include "services/aid/domain/supervision/visit.h"

namespace bangkit::aid {

/// Of a row of `visits v`, in the order that ToVisit() reads them.
inline constexpr std::string_view kVisitColumns =
    "v.visit_id, v.version, v.application_id, v.program_id, v.business_id, v.owner_id,"
    " v.region_code, v.state, v.planned_for, v.planned_by, v.planned_at, v.outcome, v.visited_by,"
    " v.visited_at, v.is_overdue, v.updated_at";
inline constexpr int kVisitColumnCount = 16;
Visit ToVisit(const postgres::Rows& rows, int i);

/// These, and all of these applications; in id order.
std::vector<Visit> LockVisits(postgres::Transaction& transaction, const postgres::UuidArray& ids,
                              const postgres::UuidArray& application_ids);

/// New rows, and changed ones: updated where the version is what was loaded, else the transaction
/// fails as a lost race. `findings`: sealed, by visit.
void SaveVisits(postgres::Transaction& transaction, const Tracked<Visit>& visits,
                const std::map<std::string, std::string>& findings);

/// `findings`: bangkit.aid.v1.SurveyFindings, serialized.
std::string SealFindings(const crypto::Key& owner_key, const std::string& visit_id,
                         std::string_view findings);
/// kInternal "SEAL_BROKEN" if it is not what was sealed there.
Result<std::string> OpenVisitFindings(const crypto::Key& owner_key, const std::string& visit_id,
                                      std::string_view sealed);

}  // namespace bangkit::aid
