#pragma once

#include <vector>

#include "libs/rotation/key_versions.h"

namespace bangkit::aid {

/// Empty if nothing stored needs this key: "owner_keys", "household_hashes", "requests".
std::vector<rotation::KeyNeed> WhatNeedsKey(postgres::Connection& connection,
                                            crypto::KeyPurpose purpose, int version);

/// See rotation::RetireKey().
bool RetireKey(postgres::Connection& connection, crypto::KeyPurpose purpose, int version);

}  // namespace bangkit::aid
