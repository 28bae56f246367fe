#pragma once

#include "libs/postgres/connection.h"
#include "services/aid/domain/business/business.h"

namespace bangkit::aid {

/// By id; those that nothing was heard of yet are left out.
Businesses LoadBusinesses(postgres::Transaction& transaction, const postgres::UuidArray& ids);

/// The same with all that are one with them by now: see FamilyOf().
Businesses LoadFamilies(postgres::Transaction& transaction, const postgres::UuidArray& ids);

/// Until the transaction ends, nothing becomes of these: who is erased meanwhile is so afterwards.
/// Before anything else is locked.
void HoldBusinesses(postgres::Transaction& transaction, const postgres::UuidArray& ids);

/// Where there is no copy, or an older one.
void SaveBusinesses(postgres::Transaction& transaction, const Businesses& businesses);

}  // namespace bangkit::aid
