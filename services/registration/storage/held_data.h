#pragma once

#include <string>

#include "bangkit/registration/v1/personal_data.pb.h"
#include "libs/base/result.h"
#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"

namespace bangkit::registration {

/// All that is held on an owner, in every table. Whoever adds a table with something of theirs in
/// it adds it here, and to Erasure. FAILED_PRECONDITION if they have been erased.
Result<v1::PersonalDataExport> ReadHeldData(postgres::Transaction& transaction,
                                            const crypto::KeyRing& keys,
                                            const std::string& owner_id);

}  // namespace bangkit::registration
