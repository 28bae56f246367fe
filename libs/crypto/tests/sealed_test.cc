#include "libs/crypto/sealed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "libs/crypto/tests/key_file.h"

namespace bangkit::crypto {
namespace {

using namespace std::string_literals;

const std::string kHash = "hash 1 " + std::string(kAscending) + "\n";
const std::string kOld = kHash + "master 1 " + std::string(kAscending) + "\n";
const std::string kNew = kHash + "master 2 " + std::string(kDescending) + "\n";
const std::string kBoth = kOld + "master 2 " + std::string(kDescending) + "\n";

bool AreEqual(const Key& a, const Key& b) { return std::ranges::equal(a.bytes(), b.bytes()); }

std::string Reason(const auto& result) { return result ? "opened" : result.error().reason; }

TEST(AadTest, NoTwoListsMakeTheSameBytes) {
    EXPECT_EQ(Aad({"nik", ""}), "\0\0\0\0\0\0\0\3nik\0\0\0\0\0\0\0\0"s);
    EXPECT_NE(Aad({"ab", "c"}), Aad({"a", "bc"}));
    EXPECT_NE(Aad({"a"}), Aad({"a", ""}));
    EXPECT_NE(Aad({"a", "b"}), Aad({Aad({"a", "b"})}));
}

TEST(SealTest, OpensWithItsKeyAndItsAssociatedData) {
    const Key key = NewOwnerKey();
    for (const std::string& text : {""s, "Sri Wahyuni"s, std::string(100'000, '\0')}) {
        const std::string sealed = Seal(key, text, "owner.name");
        EXPECT_EQ(sealed.size(), text.size() + 40);
        EXPECT_EQ(Open(key, sealed, "owner.name"), text);
    }
}

TEST(SealTest, EqualTextsLookDifferent) {
    const Key key = NewOwnerKey();
    EXPECT_NE(Seal(key, "text", "aad"), Seal(key, "text", "aad"));
}

TEST(SealTest, StaysShutForAnotherKeyRowOrColumn) {
    const Key key = NewOwnerKey();
    const std::string sealed = Seal(key, "text", Aad({"owner", "phone", "1"}));
    EXPECT_EQ(Reason(Open(NewOwnerKey(), sealed, Aad({"owner", "phone", "1"}))), "SEAL_BROKEN");
    EXPECT_EQ(Reason(Open(key, sealed, Aad({"owner", "phone", "2"}))), "SEAL_BROKEN");
    EXPECT_EQ(Reason(Open(key, sealed, Aad({"owner", "name", "1"}))), "SEAL_BROKEN");
    EXPECT_EQ(Reason(Open(key, sealed, "")), "SEAL_BROKEN");
}

TEST(SealTest, EveryByteCounts) {
    const Key key = NewOwnerKey();
    const std::string sealed = Seal(key, "text", "aad");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_EQ(Reason(Open(key, changed, "aad")), "SEAL_BROKEN") << i;
        EXPECT_EQ(Reason(Open(key, sealed.substr(0, i), "aad")), "SEAL_BROKEN") << i;
    }
    EXPECT_EQ(Reason(Open(key, sealed + "x", "aad")), "SEAL_BROKEN");
}

TEST(SealTest, ErrorsTellNothingOfTheContent) {
    const Key key = NewOwnerKey();
    const auto opened = Open(key, Seal(key, "3674010101909001", "aad"), "other");
    EXPECT_EQ(opened.error().code, ErrorCode::kInternal);
    EXPECT_EQ(opened.error().message, "protected data cannot be opened");
}

TEST(WrapTest, UnwrapsToTheSameKey) {
    const KeyRing ring = Ring(kOld);
    const Key key = NewOwnerKey();
    const std::string wrapped = WrapKey(ring, key, "owner 1");
    EXPECT_EQ(wrapped.size(), 73U);
    const Result<Key> unwrapped = UnwrapKey(ring, wrapped, "owner 1");
    ASSERT_TRUE(unwrapped);
    EXPECT_TRUE(AreEqual(*unwrapped, key));
}

TEST(WrapTest, AnotherOwnersKeyDoesNotUnwrap) {
    const KeyRing ring = Ring(kOld);
    const std::string wrapped = WrapKey(ring, NewOwnerKey(), "owner 1");
    EXPECT_EQ(Reason(UnwrapKey(ring, wrapped, "owner 2")), "SEAL_BROKEN");
    EXPECT_EQ(Reason(UnwrapKey(ring, wrapped.substr(0, 72), "owner 1")), "SEAL_BROKEN");
    EXPECT_EQ(Reason(UnwrapKey(ring, "", "owner 1")), "SEAL_BROKEN");
}

TEST(WrapTest, ARotationNeedsNoRewriting) {
    const Key key = NewOwnerKey();
    const std::string old = WrapKey(Ring(kOld), key, "owner 1");
    const KeyRing both = Ring(kBoth);
    const Result<Key> unwrapped = UnwrapKey(both, old, "owner 1");
    ASSERT_TRUE(unwrapped);
    EXPECT_TRUE(AreEqual(*unwrapped, key));

    const std::string rewrapped = WrapKey(both, key, "owner 1");
    EXPECT_EQ(old[0], '\1');
    EXPECT_EQ(rewrapped[0], '\2');
    EXPECT_TRUE(UnwrapKey(Ring(kNew), rewrapped, "owner 1"));
    EXPECT_EQ(Reason(UnwrapKey(Ring(kNew), old, "owner 1")), "KEY_VERSION_UNKNOWN");
    EXPECT_EQ(Reason(UnwrapKey(both, "\1" + rewrapped.substr(1), "owner 1")), "SEAL_BROKEN");
}

TEST(KeyTest, MovingLeavesNoCopyBehind) {
    Key from = NewOwnerKey();
    const Key to = std::move(from);
    EXPECT_FALSE(std::ranges::all_of(to.bytes(), [](unsigned char byte) { return byte == 0; }));
    // NOLINTNEXTLINE(bugprone-use-after-move)  That is what the test is about.
    EXPECT_TRUE(std::ranges::all_of(from.bytes(), [](unsigned char byte) { return byte == 0; }));
}

}  // namespace
}  // namespace bangkit::crypto
