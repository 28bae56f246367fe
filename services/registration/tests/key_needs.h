#pragma once

#include <string>
#include <vector>

#include "libs/testing/temp_database.h"
#include "services/registration/storage/key_versions.h"

namespace bangkit::registration {

/// What still needs a key: "owners 3".
inline std::vector<std::string> NeedsOf(const testing::TempDatabase& database,
                                        crypto::KeyPurpose purpose, int version) {
    postgres::Connection connection(database.owner_dsn());
    std::vector<std::string> needs;
    for (const KeyNeed& need : WhatNeedsKey(connection, purpose, version)) {
        needs.push_back(need.what + " " + std::to_string(need.count));
    }
    return needs;
}

}  // namespace bangkit::registration
