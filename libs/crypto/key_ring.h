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

/// The long-lived keys of an installation. The highest version of a purpose is current; others stay
/// in the file for as long as something stored needs them. What is readonly opens and finds what is
/// stored, and nothing new is made with it: a key that is to come, or one that goes. The file:
///     # comment
///     environment development      (only keys that protect nothing have this line)
///     master 1 <32 bytes in base64>
///     hash 1 <32 bytes in base64>
///     hash 2 <32 bytes in base64> readonly
class KeyRing {
public:
    static constexpr int kMaxVersion = 255;  // It is stored in one byte.

    /// Throws SettingError, which never quotes the content, if the file is absent or malformed,
    /// belongs to another user, has another mode than 0400 or 0600, lacks a purpose (a key that
    /// is not readonly), or has development keys outside development.
    static KeyRing Load(const std::filesystem::path& file, bool is_development);

    /// The text of a file with new random keys, version 1 of each purpose.
    static std::string Generate(bool is_development);

    bool is_development() const { return is_development_; }

    int CurrentVersion(KeyPurpose purpose) const;
    const Key& Current(KeyPurpose purpose) const;
    /// Null if there is no such version (any more).
    const Key* Find(KeyPurpose purpose, int version) const;
    /// The current one first, then the others from new to old.
    std::vector<int> Versions(KeyPurpose purpose) const;
    /// False for versions that are not in the ring.
    bool IsReadOnly(KeyPurpose purpose, int version) const;

private:
    struct Entry {
        Key key;
        bool is_read_only;
    };

    KeyRing() = default;
    bool ReadLine(std::string_view line);  // False if it is malformed.
    bool HasCurrent(KeyPurpose purpose) const;

    bool is_development_ = false;
    std::map<std::pair<KeyPurpose, int>, Entry> keys_;
};

/// A new random key as it stands in the file.
std::string NewKeyText();

}  // namespace bangkit::crypto
