#pragma once

#include "libs/postgres/error.h"

namespace bangkit::registration {

/// For whoever finds that a row is no longer what it took it for: the transaction is run again.
inline postgres::SqlError LostRace() { return {"40001", "a row is no longer what was loaded"}; }

}  // namespace bangkit::registration
