#pragma once

#include <string>

#include "libs/crypto/key_ring.h"
#include "libs/postgres/connection.h"

namespace bangkit::registration::v1 {
class PersonalDataExport;
}

namespace bangkit::registration {

// What is held on an owner beside their record; see ReadHeldData(). `out` has their id and
// businesses already. They throw std::runtime_error if something cannot be opened.

/// What they need, in their words.
void AddNeeds(postgres::Transaction& transaction, const crypto::KeyRing& keys,
              v1::PersonalDataExport& out);
/// What devices said of them and of their businesses, whether it holds or not.
void AddIntakeValues(postgres::Transaction& transaction, const crypto::KeyRing& keys,
                     v1::PersonalDataExport& out);

}  // namespace bangkit::registration
