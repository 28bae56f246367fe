#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/crypto/key.h"

namespace bangkit::crypto {

enum class KeyPurpose {
    kMaster,  // Wraps owner keys.
    kHash,    // Keyed hashes: blind indexes, row keys, request fingerprints.
};

/// The long-lived keys of an installation. The highest version of a purpose is current; older ones
/// stay in the file for as long as something stored needs them. The file:
///     # comment
///     environment development      (only keys that protect nothing have this line)
///     master 1 <32 bytes in base64>
///     hash 1 <32 bytes in base64>
class KeyRing {
public:
    static constexpr int kMaxVersion = 255;  // It is stored in one byte.

    /// Throws SettingError, which never quotes the content, if the file is absent or malformed,
    /// belongs to another user, has another mode than 0400 or 0600, lacks a purpose, or has
    /// development keys outside development.
    static KeyRing Load(const std::filesystem::path& file, bool is_development);

    /// The text of a file with new random keys, version 1 of each purpose.
    static std::string Generate(bool is_development);

    bool is_development() const { return is_development_; }

    int CurrentVersion(KeyPurpose purpose) const;
    const Key& Current(KeyPurpose purpose) const;
    /// Null if there is no such version (any more).
    const Key* Find(KeyPurpose purpose, int version) const;
    /// The current one first.
    std::vector<int> Versions(KeyPurpose purpose) const;

private:
    KeyRing() = default;
    bool ReadLine(std::string_view line);  // False if it is malformed.

    bool is_development_ = false;
    std::map<std::pair<KeyPurpose, int>, Key> keys_;
};

}  // namespace bangkit::crypto
