#include "libs/indonesia/regions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace bangkit::indonesia {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class RegionTreeTest : public testing::Test {
protected:
    std::size_t CountBelow(std::string_view province, RegionLevel level) const {
        std::size_t count = 0;
        for (const Region& region : tree_.AtLevel(level))
            count += region.code.starts_with(province);
        return count;
    }

    const RegionTree tree_;
};

TEST_F(RegionTreeTest, HoldsEveryRegion) {
    EXPECT_EQ(tree_.AtLevel(RegionLevel::kCountry).size(), 1);
    EXPECT_EQ(tree_.AtLevel(RegionLevel::kProvince).size(), 38);
    EXPECT_EQ(tree_.AtLevel(RegionLevel::kRegency).size(), 514);
    EXPECT_EQ(tree_.AtLevel(RegionLevel::kDistrict).size(), 7'285);
    EXPECT_EQ(tree_.AtLevel(RegionLevel::kVillage).size(), 83'762);
}

TEST_F(RegionTreeTest, HoldsTheProvincesOfTheScenariosWhole) {
    const struct {
        const char* province;
        std::size_t regencies, districts, villages;
    } provinces[] = {{"17", 10, 129, 1'513},
                     {"18", 15, 229, 2'651},
                     {"19", 7, 47, 393},
                     {"32", 27, 627, 5'957},
                     {"36", 8, 155, 1'552}};
    for (const auto& expected : provinces) {
        SCOPED_TRACE(expected.province);
        EXPECT_EQ(CountBelow(expected.province, RegionLevel::kRegency), expected.regencies);
        EXPECT_EQ(CountBelow(expected.province, RegionLevel::kDistrict), expected.districts);
        EXPECT_EQ(CountBelow(expected.province, RegionLevel::kVillage), expected.villages);
    }
}

TEST_F(RegionTreeTest, FindsARegionByItsCode) {
    const struct {
        const char *code, *name, *parent;
        RegionLevel level;
    } regions[] = {{"ID", "Indonesia", "", RegionLevel::kCountry},
                   {"36", "Banten", "ID", RegionLevel::kProvince},
                   {"36.74", "Kota Tangerang Selatan", "36", RegionLevel::kRegency},
                   {"17.71", "Kota Bengkulu", "17", RegionLevel::kRegency},
                   {"18.71", "Kota Bandar Lampung", "18", RegionLevel::kRegency},
                   {"19.71", "Kota Pangkal Pinang", "19", RegionLevel::kRegency},
                   {"32.75", "Kota Bekasi", "32", RegionLevel::kRegency},
                   {"36.74.05", "Ciputat Timur", "36.74", RegionLevel::kDistrict},
                   {"11.01.01.2001", "Keude Bakongan", "11.01.01", RegionLevel::kVillage},
                   {"96.71.10.1004", "Tanjung Kasuari", "96.71.10", RegionLevel::kVillage}};
    for (const auto& expected : regions) {
        SCOPED_TRACE(expected.code);
        const Region* region = tree_.Find(expected.code);
        ASSERT_NE(region, nullptr);
        EXPECT_EQ(region->code, expected.code);
        EXPECT_EQ(region->name, expected.name);
        EXPECT_EQ(region->parent(), expected.parent);
        EXPECT_EQ(region->level(), expected.level);
    }
}

TEST_F(RegionTreeTest, FindsNothingElse) {
    for (const char* code :
         {"", "id", "3", "3a", "18.7", "37", "36.99", "36.74.", "36.74.05.1", "36.74.05.9999",
          "36.74.05.1002.", "36 74", "3674", "36.74.05.1002.1"}) {
        EXPECT_EQ(tree_.Find(code), nullptr) << code;
    }
}

TEST_F(RegionTreeTest, FindsEachOfItsRegionsWhichLiesAmongTheChildrenOfItsParent) {
    std::size_t children = 0;
    for (int level = 1; level <= 5; ++level) {
        for (const Region& region : tree_.AtLevel(static_cast<RegionLevel>(level))) {
            ASSERT_EQ(tree_.Find(region.code), &region);
            for (const Region& child : tree_.Children(region.code)) {
                ASSERT_EQ(child.parent(), region.code);
                ++children;
            }
        }
    }
    EXPECT_EQ(children, 38 + 514 + 7'285 + 83'762);
}

TEST_F(RegionTreeTest, ListsChildrenInTheOrderOfTheirCodes) {
    const auto banten = tree_.Children("36");
    std::vector<std::string_view> codes;
    for (const Region& region : banten) codes.push_back(region.code);
    EXPECT_THAT(
        codes, ElementsAre("36.01", "36.02", "36.03", "36.04", "36.71", "36.72", "36.73", "36.74"));
}

TEST_F(RegionTreeTest, ProvincesAreTheChildrenOfTheCountryAndOfNothing) {
    for (const auto country : {kCountryCode, std::string_view()}) {
        EXPECT_EQ(tree_.Children(country).size(), 38);
        EXPECT_EQ(tree_.Children(country).front().name, "Aceh");
    }
}

TEST_F(RegionTreeTest, VillagesAndUnknownCodesHaveNoChildren) {
    for (const char* code : {"36.74.05.1002", "36.99", "37", "x"}) {
        EXPECT_THAT(tree_.Children(code), IsEmpty()) << code;
    }
}

TEST_F(RegionTreeTest, AncestorsGoFromTheCodeUpToItsProvince) {
    EXPECT_THAT(tree_.Ancestors("36.74.05.1002"),
                ElementsAre("36.74.05.1002", "36.74.05", "36.74", "36"));
    EXPECT_THAT(tree_.Ancestors("36"), ElementsAre("36"));
    EXPECT_THAT(tree_.Ancestors("ID"), IsEmpty());
    EXPECT_THAT(tree_.Ancestors("36.74.99"), IsEmpty());
}

TEST_F(RegionTreeTest, NamesBeginEachWordWithACapital) {
    const std::set<std::string> small{"dan", "x"};
    for (int level = 1; level <= 5; ++level) {
        for (const Region& region : tree_.AtLevel(static_cast<RegionLevel>(level))) {
            std::istringstream words{std::string(region.name)};
            for (std::string word; words >> word;) {
                const bool is_small = std::islower(static_cast<unsigned char>(word[0])) != 0;
                ASSERT_TRUE(!is_small || small.contains(word)) << region.code << region.name;
            }
        }
    }
}

TEST(LevelOfTest, IsKnownFromTheShapeAlone) {
    EXPECT_EQ(LevelOf("ID"), RegionLevel::kCountry);
    EXPECT_EQ(LevelOf("99"), RegionLevel::kProvince);
    EXPECT_EQ(LevelOf("99.99"), RegionLevel::kRegency);
    EXPECT_EQ(LevelOf("99.99.99"), RegionLevel::kDistrict);
    EXPECT_EQ(LevelOf("99.99.99.9999"), RegionLevel::kVillage);
    for (const char* code :
         {"", "9", "99.", "99.9", "9.999", "99,99", "99.99.99.99", "99.99.99.99999"}) {
        EXPECT_EQ(LevelOf(code), std::nullopt) << code;
    }
}

}  // namespace
}  // namespace bangkit::indonesia
