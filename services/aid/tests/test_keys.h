#pragma once

#include <string>

#include "libs/crypto/tests/key_file.h"

namespace bangkit::aid {

inline crypto::KeyRing TestKeys() {
    return crypto::Ring("environment development\nmaster 1 " + std::string(crypto::kAscending) +
                        "\nhash 1 " + std::string(crypto::kDescending) + "\n");
}

}  // namespace bangkit::aid
