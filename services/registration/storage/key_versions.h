#pragma once

#include <vector>

#include "libs/rotation/key_versions.h"

namespace bangkit::registration {

using rotation::AnnounceKeys;
using rotation::HasAllKeys;
using rotation::KeyNeed;

/// Empty if nothing stored needs this key: "owners", "import_jobs", "claims", "import_rows",
/// "import_failed_rows", "erased_niks", "requests" ...
std::vector<KeyNeed> WhatNeedsKey(postgres::Connection& connection, crypto::KeyPurpose purpose,
                                  int version);

/// See rotation::RetireKey().
bool RetireKey(postgres::Connection& connection, crypto::KeyPurpose purpose, int version);

}  // namespace bangkit::registration
