#include "libs/redis/stamped.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace bangkit::redis {
namespace {

using namespace std::string_literals;

TEST(StampedTest, IsSixteenBytesAndThePayload) {
    EXPECT_EQ(Encode({.generation = 1, .version = 258}, "payload"),
              "\0\0\0\0\0\0\0\1\0\0\0\0\0\0\1\2payload"s);
}

TEST(StampedTest, DecodesWhatWasEncoded) {
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    for (const Stamp stamp : {Stamp{0, 0}, Stamp{1, 2}, Stamp{kMax, kMax}}) {
        const std::string stored = Encode(stamp, "\0payload"s);
        const auto decoded = Decode(stored);
        ASSERT_TRUE(decoded);
        EXPECT_EQ(decoded->stamp, stamp);
        EXPECT_EQ(decoded->payload, "\0payload"s);
    }
    EXPECT_EQ(Decode(Encode({1, 1}, ""))->payload, "");
}

TEST(StampedTest, WhatIsTooShortHasNoStamp) {
    EXPECT_FALSE(Decode(""));
    EXPECT_FALSE(Decode("fifteen bytes.."));
}

TEST(StampedTest, TheGenerationComesFirst) {
    EXPECT_LT((Stamp{1, 9}), (Stamp{2, 1}));
    EXPECT_LT((Stamp{1, 1}), (Stamp{1, 2}));
}

}  // namespace
}  // namespace bangkit::redis
