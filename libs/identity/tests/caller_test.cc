#include "libs/identity/caller.h"

#include <gtest/gtest.h>

namespace bangkit::identity {
namespace {

TEST(LiesIn, ARegionHoldsItselfAndWhatIsBelow) {
    EXPECT_TRUE(LiesIn("18.71", "18.71"));
    EXPECT_TRUE(LiesIn("18.71.05.1002", "18.71"));
    EXPECT_TRUE(LiesIn("18.71.05", "18"));
}

TEST(LiesIn, ADigitMoreIsAnotherRegion) {
    EXPECT_FALSE(LiesIn("18.71", "18.7"));
    EXPECT_FALSE(LiesIn("18.71.05", "18.71.0"));
    EXPECT_FALSE(LiesIn("181", "18"));
}

TEST(LiesIn, NeitherTheRegionAboveNorNothingCounts) {
    EXPECT_FALSE(LiesIn("18", "18.71"));
    EXPECT_FALSE(LiesIn("18.71", ""));
    EXPECT_FALSE(LiesIn("", ""));
    EXPECT_FALSE(LiesIn("", "18"));
}

TEST(Caller, ReachesWhatLiesInOneOfTheRegions) {
    const Caller caller{"siti", {"agency"}, {"18.71", "36.74"}};
    EXPECT_TRUE(caller.Reaches("36.74.05"));
    EXPECT_TRUE(caller.Reaches("18.71"));
    EXPECT_FALSE(caller.Reaches("18.72"));
    EXPECT_FALSE((Caller{"siti", {"agency"}, {}}).Reaches("18.71"));
}

TEST(Caller, HasTheRolesOfItsTokenOnly) {
    const Caller caller{"siti", {"agency", "auditor"}, {}};
    EXPECT_TRUE(caller.HasRole("auditor"));
    EXPECT_FALSE(caller.HasRole("province"));
    EXPECT_FALSE(caller.HasRole(""));
}

}  // namespace
}  // namespace bangkit::identity
