#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "libs/crypto/key_ring.h"

namespace bangkit::crypto {

// Keys of tests, in base64: the bytes 0, 1, 2, ... and their reverse.
inline constexpr std::string_view kAscending = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
inline constexpr std::string_view kDescending = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

/// A key file that lives as long as this object.
class KeyFile {
public:
    explicit KeyFile(std::string_view text, mode_t mode = 0600) {
        std::string name = ::testing::TempDir() + "bangkit-keys-XXXXXX";
        close(mkstemp(name.data()));
        path_ = name;
        std::ofstream(path_) << text;
        std::filesystem::permissions(path_, static_cast<std::filesystem::perms>(mode));
    }
    KeyFile(const KeyFile&) = delete;
    KeyFile& operator=(const KeyFile&) = delete;
    ~KeyFile() { std::filesystem::remove(path_); }

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline KeyRing Ring(std::string_view text) { return KeyRing::Load(KeyFile(text).path(), true); }

}  // namespace bangkit::crypto
