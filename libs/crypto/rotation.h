#pragma once

#include <filesystem>

#include "libs/crypto/key_ring.h"

namespace bangkit::crypto {

// The steps of a rotation, each a change of the key file: whoever reads it finds it as it was or as
// it will be, never half written, with mode 0400. Processes take notice when they start. All throw
// SettingError, which quotes no key, if the file cannot be used or the step makes no sense.

/// Adds a new key, readonly: processes get to know it before anything is made with it. Returns its
/// version.
int AddKey(const std::filesystem::path& file, KeyPurpose purpose);
/// Lets new things be made with it. The highest version of these is current.
void UseKey(const std::filesystem::path& file, KeyPurpose purpose, int version);
/// Makes it readonly again; not if it is the current one.
void StopUsingKey(const std::filesystem::path& file, KeyPurpose purpose, int version);
/// Takes a readonly key out of the file, for ever.
void RemoveKey(const std::filesystem::path& file, KeyPurpose purpose, int version);

}  // namespace bangkit::crypto
