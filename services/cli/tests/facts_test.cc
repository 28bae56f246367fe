#include "services/cli/verify/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bangkit::cli {
namespace {

TEST(CompareTest, EqualFactsHold) {
    const Finding finding = Compare({{"a", "1"}, {"b", "2"}}, {{"a", "1"}, {"b", "2"}}, "things");
    EXPECT_TRUE(finding.holds());
    EXPECT_EQ(finding.Describe(), "2 things");
}

TEST(CompareTest, FindsWhatIsMissingDifferentOrExtra) {
    const Finding finding =
        Compare({{"a", "1"}, {"b", "2"}, {"d", "4"}}, {{"b", "3"}, {"c", "3"}, {"d", "4"}}, "x");
    EXPECT_FALSE(finding.holds());
    EXPECT_EQ(finding.Describe(),
              "3: a is missing, expected 1; b is 3, expected 2; c is 3, expected nothing");
}

TEST(CompareTest, LooksAtTheEndsToo) {
    EXPECT_EQ(Compare({{"z", "1"}}, {}, "x").Describe(), "1: z is missing, expected 1");
    EXPECT_EQ(Compare({}, {{"z", "1"}}, "x").Describe(), "1: z is 1, expected nothing");
}

TEST(FindingTest, ShowsAFewOfMany) {
    Finding finding;
    for (int i = 0; i < 2'000; ++i) finding.Add("breach " + std::to_string(i));
    EXPECT_EQ(finding.Describe(), "2.000: breach 0; breach 1; breach 2; ...");
}

}  // namespace
}  // namespace bangkit::cli
