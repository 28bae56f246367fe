#pragma once

#include "libs/crypto/key_ring.h"
#include "libs/indonesia/working_days.h"
#include "libs/postgres/connection.h"
#include "libs/rotation/verbs.h"
#include "libs/service/service.h"

namespace bangkit::aid {

/// A connection to the database, which says which keys this process has.
postgres::Connection Announced(const service::Foundation& base, const crypto::KeyRing& keys);

/// Says in the log which years have no decree of days off that deadlines may reach from now on.
void WarnOfUnknownYears(const service::Foundation& base, const indonesia::WorkingDays& calendar);

/// What an operator does to the database, while the service runs or stands still. Returns the exit
/// code.
int Maintain(const service::Foundation& base, const crypto::KeyRing& keys,
             const rotation::Verb& verb);

}  // namespace bangkit::aid
