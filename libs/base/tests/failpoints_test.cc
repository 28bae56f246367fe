#include "libs/base/failpoints.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace bangkit {
namespace {

TEST(FailpointsTest, DoNothingUnlessSpecified) {
    const Failpoints none;
    EXPECT_FALSE(none.IsActive());
    none.Hit("after_commit");
    const Failpoints others("before_commit=throw");
    EXPECT_TRUE(others.IsActive());
    others.Hit("after_commit");
}

TEST(FailpointsTest, ThrowAtEveryHitOrAtTheOneNamed) {
    const Failpoints every("a=throw");
    EXPECT_THROW(every.Hit("a"), std::runtime_error);
    EXPECT_THROW(every.Hit("a"), std::runtime_error);
    const Failpoints second("a=throw@2,b=sleep:1");
    second.Hit("a");
    EXPECT_THROW(second.Hit("a"), std::runtime_error);
    second.Hit("a");
    second.Hit("b");
}

TEST(FailpointsTest, KillEndsTheProcessAtOnce) {
    EXPECT_EXIT(Failpoints("a=kill").Hit("a"), testing::KilledBySignal(SIGKILL), "");
}

TEST(FailpointsTest, ASpecificationThatMakesNoSenseIsRefused) {
    EXPECT_THROW(Failpoints("a"), std::invalid_argument);
    EXPECT_THROW(Failpoints("a=explode"), std::invalid_argument);
    EXPECT_THROW(Failpoints("a=sleep:"), std::invalid_argument);
    EXPECT_THROW(Failpoints("a=kill@soon"), std::invalid_argument);
}

}  // namespace
}  // namespace bangkit
