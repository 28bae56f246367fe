#include "libs/indonesia/kk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/indonesia/regions.h"

namespace bangkit::indonesia {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Date kToday = 2022y / 5 / 12;

TEST(ParseKkTest, AcceptsRegionDateAndSerial) {
    const auto kk = ParseKk(" 36.74-05 120510 9001 ", kToday);
    ASSERT_TRUE(kk.has_value()) << kk.error().message;
    EXPECT_EQ(kk->digits, "3674051205109001");
    // A card of last week is no reason to look at its age.
    EXPECT_THAT(ParseKk("3674050505229001", kToday).value().warnings, IsEmpty());
}

TEST(ParseKkTest, RefusesWhatCannotBeACard) {
    for (const char* text :
         {"", "367405120510900", "36740512051090011", "3674051205109O01", "2074051205109001",
          "3674001205109001", "3674053202109001", "3674051213109001", "3674052902119001"}) {
        SCOPED_TRACE(text);
        const auto kk = ParseKk(text, kToday);
        ASSERT_FALSE(kk.has_value());
        EXPECT_EQ(kk.error().reason, "KK_INVALID");
    }
}

// The days of women begin at 41 in a NIK alone.
TEST(ParseKkTest, RefusesTheNikOfAWoman) {
    EXPECT_FALSE(ParseKk("3674055205809001", kToday).has_value());
}

TEST(ParseKkTest, WarnsOfADistrictThatIsNoMore) {
    const RegionTree regions;
    EXPECT_THAT(ParseKk("3674051205109001", kToday, &regions).value().warnings, IsEmpty());
    EXPECT_THAT(ParseKk("3674991205109001", kToday, &regions).value().warnings,
                ElementsAre("KK_REGION_UNKNOWN"));
}

}  // namespace
}  // namespace bangkit::indonesia
