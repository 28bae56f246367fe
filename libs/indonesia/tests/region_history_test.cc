#include "libs/indonesia/region_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace bangkit::indonesia {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Date kPapua = std::chrono::year(2022) / 7 / 25;
constexpr Date kSouthwestPapua = std::chrono::year(2022) / 12 / 8;

class RegionHistoryTest : public testing::Test {
protected:
    static std::vector<std::string> Codes(const std::vector<Successor>& successors) {
        std::vector<std::string> codes;
        for (const Successor& each : successors) codes.push_back(each.code);
        return codes;
    }
    std::vector<std::string> SuccessorsBy(std::string_view lines, std::string_view code) const {
        return Codes(RegionHistory(regions_, lines).SuccessorsOf(code));
    }

    const RegionTree regions_;
    const RegionHistory& history_ = regions_.history();
};

TEST_F(RegionHistoryTest, KnowsWhatTheRegenciesOfTheNewProvincesWereBefore) {
    const auto merauke = history_.SuccessorsOf("91.01");
    ASSERT_THAT(merauke, SizeIs(1));
    EXPECT_EQ(merauke.front(),
              (Successor{.code = "93.01", .since = kPapua, .basis = "UU 14/2022"}));
    EXPECT_EQ(regions_.Find("93.01")->name, "Kabupaten Merauke");
    const auto sorong = history_.SuccessorsOf("92.71");
    ASSERT_THAT(sorong, SizeIs(1));
    EXPECT_EQ(sorong.front(),
              (Successor{.code = "96.71", .since = kSouthwestPapua, .basis = "UU 29/2022"}));
    EXPECT_EQ(history_.LastDayOf("91.01"), std::chrono::sys_days(kPapua) - std::chrono::days(1));
}

// The laws gave whole regencies away: of each province, all of them, and each once.
TEST_F(RegionHistoryTest, FillsTheNewProvincesWhole) {
    std::map<std::string, int> successors;
    for (const auto& [code, change] : history_.changes()) {
        if (LevelOf(code) == RegionLevel::kRegency) ++successors[std::string(change.successor)];
    }
    for (const char* province : {"93", "94", "95", "96"}) {
        for (const Region& regency : regions_.Children(province)) {
            EXPECT_EQ(successors[std::string(regency.code)], 1) << regency.code;
        }
    }
}

TEST_F(RegionHistoryTest, EveryChangeLeadsToRegionsOfToday) {
    for (const auto& [code, change] : history_.changes()) {
        EXPECT_EQ(regions_.Find(code), nullptr) << code << " is still there";
        EXPECT_FALSE(history_.SuccessorsOf(code).empty()) << code;
        EXPECT_TRUE(history_.Knows(code)) << code;
    }
}

TEST_F(RegionHistoryTest, WhatLiesInsideGoesWithItAndKeepsTheRestOfItsCode) {
    EXPECT_THAT(Codes(history_.SuccessorsOf("91.01.01")), ElementsAre("93.01.01"));
    EXPECT_THAT(Codes(history_.SuccessorsOf("91.01.01.2001")), ElementsAre("93.01.01.2001"));
    EXPECT_THAT(Codes(history_.SuccessorsOf("92.71.10.1004")), ElementsAre("96.71.10.1004"));
}

// The new provinces numbered many districts and villages anew: the rest of a code alone would lead
// to the wrong place.
TEST_F(RegionHistoryTest, KnowsWhatWasNumberedAnew) {
    EXPECT_THAT(Codes(history_.SuccessorsOf("91.02.03")), ElementsAre("95.01.02"));
    EXPECT_EQ(regions_.Find("95.01.02")->name, "Kurulu");
    EXPECT_EQ(regions_.Find("95.01.03")->name, "Asologaima");
    EXPECT_THAT(Codes(history_.SuccessorsOf("91.01.02.2003")), ElementsAre("93.01.02.2002"));
}

TEST_F(RegionHistoryTest, OfTodaysCodesAndOfWhatNeverWasOneHasNothingToSay) {
    for (const char* code : {"91", "91.03", "93.01", "36.74.05.1002", "91.01.99.9999", "97", "",
                             "x", "91.01.", "ID"}) {
        EXPECT_THAT(history_.SuccessorsOf(code), IsEmpty()) << code;
        EXPECT_EQ(history_.Knows(code), regions_.Find(code) != nullptr) << code;
    }
    EXPECT_EQ(history_.LastDayOf("93.01"), std::nullopt);
    EXPECT_EQ(history_.LastDayOf("97"), std::nullopt);
}

TEST_F(RegionHistoryTest, OfARegionThatWasSplitNamesAllThatTookOver) {
    constexpr std::string_view kLines =
        "code,successor,in_force,basis\n"
        "36.99.01,36.74.05,2020-01-01,X 1/2020\n"
        "36.99.01,36.74.01,2020-01-01,X 1/2020\n";
    EXPECT_THAT(SuccessorsBy(kLines, "36.99.01"), ElementsAre("36.74.01", "36.74.05"));
    // Village 1002 is one of both, so nobody knows by the code alone which it became.
    EXPECT_THAT(SuccessorsBy(kLines, "36.99.01.1002"),
                ElementsAre("36.74.01.1002", "36.74.05.1002"));
}

TEST_F(RegionHistoryTest, AChangeOfItsOwnComesBeforeThatOfWhatLiesAround) {
    constexpr std::string_view kLines =
        "code,successor,in_force,basis\n"
        "36.99,36.74,2020-01-01,X 1/2020\n"
        "36.99.05.1002,36.74.01.1001,2020-01-01,X 1/2020\n";
    EXPECT_THAT(SuccessorsBy(kLines, "36.99.05.1002"), ElementsAre("36.74.01.1001"));
    EXPECT_THAT(SuccessorsBy(kLines, "36.99.05.1003"), ElementsAre("36.74.05.1003"));
}

TEST_F(RegionHistoryTest, FollowsOneChangeAfterTheOther) {
    constexpr std::string_view kLines =
        "code,successor,in_force,basis\n"
        "36.98,36.99,2010-01-01,X 1/2010\n"
        "36.99,36.74,2020-01-01,X 1/2020\n";
    const RegionHistory history(regions_, kLines);
    const auto found = history.SuccessorsOf("36.98.05");
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found.front().code, "36.74.05");
    EXPECT_EQ(found.front().since, Date(std::chrono::year(2020) / 1 / 1));
    EXPECT_EQ(history.LastDayOf("36.98"), Date(std::chrono::year(2009) / 12 / 31));
}

TEST_F(RegionHistoryTest, EndsEvenIfChangesGoInACircle) {
    EXPECT_THAT(SuccessorsBy("code,successor,in_force,basis\n"
                             "36.98,36.99,2010-01-01,X 1/2010\n"
                             "36.99,36.98,2020-01-01,X 1/2020\n",
                             "36.98"),
                IsEmpty());
}

TEST_F(RegionHistoryTest, RefusesLinesThatAreNoChange) {
    for (const char* line :
         {"36.99,36.74,2020-01-01", "36.99,36.74,2020-13-01,X", "36.9,36.74,2020-01-01,X",
          "36.99,36.99,2020-01-01,X", "36.99,36.74,2020-01-01,", "36.99,36.74,2020-01-01,X,Y"}) {
        const std::string lines = std::string("code,successor,in_force,basis\n") + line + "\n";
        EXPECT_THROW(RegionHistory(regions_, lines), std::invalid_argument) << line;
    }
}

}  // namespace
}  // namespace bangkit::indonesia
