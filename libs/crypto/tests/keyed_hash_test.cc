#include "libs/crypto/keyed_hash.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "libs/crypto/tests/key_file.h"

namespace bangkit::crypto {
namespace {

using testing::ElementsAre;

const std::string kMaster = "master 1 " + std::string(kAscending) + "\n";
const std::string kOld = kMaster + "hash 1 " + std::string(kAscending) + "\n";
const std::string kNew = kMaster + "hash 2 " + std::string(kDescending) + "\n";
const std::string kBoth = kOld + "hash 2 " + std::string(kDescending) + "\n";

std::string Hex(std::string_view bytes) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string hex;
    for (const char c : bytes) {
        hex += kHex[static_cast<unsigned char>(c) >> 4];
        hex += kHex[c & 0xF];
    }
    return hex;
}

TEST(KeyedHashTest, IsBlake2bOverLabelAndValue) {
    // Python: hashlib.blake2b(b"\0\0\0\0\0\0\0\3nik" b"\0\0\0\0\0\0\0\x103674010101909001",
    //                         key=bytes(range(32)), digest_size=32)
    EXPECT_EQ(Hex(KeyedHash(Ring(kOld), "nik", "3674010101909001")),
              "01"
              "07d19e2299e23aacbe938480149833b0bf6011d00926ce526a0ac4908229f774");
}

TEST(KeyedHashTest, DependsOnValueLabelAndKey) {
    const KeyRing ring = Ring(kOld);
    const std::string hash = KeyedHash(ring, "nik", "3674010101909001");
    EXPECT_EQ(KeyedHash(ring, "nik", "3674010101909001"), hash);
    EXPECT_NE(KeyedHash(ring, "nik", "3674010101909002"), hash);
    EXPECT_NE(KeyedHash(ring, "nib", "3674010101909001"), hash);
    EXPECT_NE(KeyedHash(ring, "nik3", "674010101909001"), hash);  // No sliding.
    EXPECT_NE(KeyedHash(Ring(kNew), "nik", "3674010101909001").substr(1), hash.substr(1));
}

TEST(KeyedHashTest, NewOnesUseTheCurrentKeyAndOldOnesAreStillFound) {
    const std::string old = KeyedHash(Ring(kOld), "nik", "1");
    const KeyRing both = Ring(kBoth);
    EXPECT_EQ(KeyedHash(both, "nik", "1"), KeyedHash(Ring(kNew), "nik", "1"));
    EXPECT_THAT(KeyedHashes(both, "nik", "1"), ElementsAre(KeyedHash(both, "nik", "1"), old));
}

TEST(KeyedHashTest, StoredHashesAreCheckedWithTheKeyThatTheyName) {
    const KeyRing both = Ring(kBoth);
    const std::string old = KeyedHash(Ring(kOld), "request", "body");
    EXPECT_TRUE(IsHashOf(both, old, "request", "body"));
    EXPECT_TRUE(IsHashOf(both, KeyedHash(both, "request", "body"), "request", "body"));
    EXPECT_FALSE(IsHashOf(both, old, "request", "another body"));
    EXPECT_FALSE(IsHashOf(both, old, "import row", "body"));
    EXPECT_FALSE(IsHashOf(both, "\x02" + old.substr(1), "request", "body"));
    EXPECT_FALSE(IsHashOf(Ring(kNew), old, "request", "body"));  // That key is gone.
    EXPECT_FALSE(IsHashOf(both, old.substr(0, 32), "request", "body"));
    EXPECT_FALSE(IsHashOf(both, "", "request", "body"));
}

}  // namespace
}  // namespace bangkit::crypto
