#include "libs/identity/token_cache.h"

#include <gtest/gtest.h>

#include <string>

namespace bangkit::identity {
namespace {

constexpr Time kNow{std::chrono::hours(1)};
constexpr auto kMinute = std::chrono::minutes(1);

TEST(TokenCache, ATokenIsKnownUntilItExpires) {
    TokenCache cache;
    const auto digest = cache.DigestOf("token");
    EXPECT_FALSE(cache.Find(digest, kNow));
    cache.Insert(digest, Caller{"siti", {"agency"}, {"18"}}, kNow + kMinute, kNow);
    ASSERT_TRUE(cache.Find(digest, kNow));
    EXPECT_EQ(cache.Find(digest, kNow)->subject, "siti");
    EXPECT_FALSE(cache.Find(digest, kNow + kMinute));
    EXPECT_FALSE(cache.Find(digest, kNow)) << "an expired token is forgotten for good";
}

TEST(TokenCache, EveryByteOfATokenCounts) {
    TokenCache cache;
    const std::string token(600, 'a');
    cache.Insert(cache.DigestOf(token), Caller{"siti", {}, {}}, kNow + kMinute, kNow);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string other = token;
        other[i] = 'b';
        EXPECT_FALSE(cache.Find(cache.DigestOf(other), kNow));
    }
}

TEST(TokenCache, AFloodOfTokensDoesNotGrowItForEver) {
    TokenCache cache;
    constexpr int kTokens = 50'000;
    for (int i = 0; i < kTokens; ++i) {
        cache.Insert(cache.DigestOf(std::to_string(i)), Caller{"siti", {}, {}}, kNow + kMinute,
                     kNow);
    }
    int known = 0;
    for (int i = 0; i < kTokens; ++i) {
        if (cache.Find(cache.DigestOf(std::to_string(i)), kNow)) ++known;
    }
    EXPECT_LE(known, 16 * 1024);
    EXPECT_GT(known, 1024);
}

}  // namespace
}  // namespace bangkit::identity
