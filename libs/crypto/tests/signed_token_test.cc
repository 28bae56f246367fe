#include "libs/crypto/signed_token.h"

#include <gtest/gtest.h>

#include <string>

#include "libs/crypto/tests/key_file.h"

namespace bangkit::crypto {
namespace {

const std::string kMaster = "master 1 " + std::string(kAscending) + "\n";
const std::string kOld = kMaster + "hash 1 " + std::string(kAscending) + "\n";
const std::string kBoth = kOld + "hash 2 " + std::string(kDescending) + "\n";

TEST(SignedTokenTest, ComesBackAsItWas) {
    const KeyRing ring = Ring(kOld);
    for (const std::string& payload :
         {std::string(), std::string("32.75.01/0190"), std::string("\0\xff", 2)}) {
        EXPECT_EQ(OpenToken(ring, "list", SignToken(ring, "list", payload)), payload);
    }
}

TEST(SignedTokenTest, IsPlainTextForUrls) {
    const std::string token = SignToken(Ring(kOld), "list", std::string(100, '\xfe'));
    EXPECT_EQ(
        token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
        std::string::npos);
}

TEST(SignedTokenTest, IsGoodForItsOwnUseOnly) {
    const KeyRing ring = Ring(kOld);
    EXPECT_FALSE(OpenToken(ring, "list of 36.74", SignToken(ring, "list of 32.75", "a")));
}

TEST(SignedTokenTest, NobodyElseCanMakeOrChangeOne) {
    const KeyRing ring = Ring(kOld);
    const std::string token = SignToken(ring, "list", "32.75.01/0190");
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(OpenToken(ring, "list", changed)) << i;
        EXPECT_FALSE(OpenToken(ring, "list", token.substr(0, i))) << i;
    }
    const std::string with_underscore = SignToken(ring, "list", "\xFF\xFF\xFF");
    ASSERT_TRUE(with_underscore.ends_with('_'));
    for (const char c : {'\xFF', '/', '=', ' '}) {
        std::string changed = with_underscore;
        changed.back() = c;
        EXPECT_FALSE(OpenToken(ring, "list", changed));
    }
    for (const std::string& garbage :
         {std::string("!"), std::string("AAAA"), std::string(100'000, 'A')}) {
        EXPECT_FALSE(OpenToken(ring, "list", garbage));
    }
}

TEST(SignedTokenTest, OpensAfterARotationOfKeys) {
    EXPECT_EQ(OpenToken(Ring(kBoth), "list", SignToken(Ring(kOld), "list", "a")), "a");
    EXPECT_FALSE(OpenToken(Ring(kOld), "list", SignToken(Ring(kBoth), "list", "a")));
}

}  // namespace
}  // namespace bangkit::crypto
