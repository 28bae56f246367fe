#include "libs/indonesia/scale.h"

#include <gtest/gtest.h>

#include <limits>

namespace bangkit::indonesia {
namespace {

using namespace std::chrono_literals;

constexpr Date kLastDayOfTheOldRules = 2021y / 2 / 1;
constexpr Date kFirstDayOfTheNewRules = 2021y / 2 / 2;
constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

struct Boundary {
    std::int64_t rupiah;
    Scale scale;
};

TEST(ClassifyTest, BySalesSince2021TheBoundaryBelongsToTheLowerScale) {
    for (const auto& [rupiah, scale] : {Boundary{0, Scale::kMicro},
                                        {2'000'000'000, Scale::kMicro},
                                        {2'000'000'001, Scale::kSmall},
                                        {15'000'000'000, Scale::kSmall},
                                        {15'000'000'001, Scale::kMedium},
                                        {50'000'000'000, Scale::kMedium},
                                        {50'000'000'001, Scale::kLarge},
                                        {kMost, Scale::kLarge}}) {
        EXPECT_EQ(Classify(rupiah, std::nullopt, kFirstDayOfTheNewRules),
                  (Classification{scale, "PP7_2021"}))
            << rupiah;
    }
}

TEST(ClassifyTest, ByCapitalSince2021TheBoundaryBelongsToTheLowerScale) {
    for (const auto& [rupiah, scale] : {Boundary{0, Scale::kMicro},
                                        {1'000'000'000, Scale::kMicro},
                                        {1'000'000'001, Scale::kSmall},
                                        {5'000'000'000, Scale::kSmall},
                                        {5'000'000'001, Scale::kMedium},
                                        {10'000'000'000, Scale::kMedium},
                                        {10'000'000'001, Scale::kLarge}}) {
        EXPECT_EQ(Classify(std::nullopt, rupiah, kFirstDayOfTheNewRules),
                  (Classification{scale, "PP7_2021"}))
            << rupiah;
    }
}

TEST(ClassifyTest, BySalesBefore2021TheBoundaryBelongsToTheLowerScale) {
    for (const auto& [rupiah, scale] : {Boundary{300'000'000, Scale::kMicro},
                                        {300'000'001, Scale::kSmall},
                                        {2'500'000'000, Scale::kSmall},
                                        {2'500'000'001, Scale::kMedium},
                                        {50'000'000'000, Scale::kMedium},
                                        {50'000'000'001, Scale::kLarge}}) {
        EXPECT_EQ(Classify(rupiah, std::nullopt, kLastDayOfTheOldRules),
                  (Classification{scale, "UU20_2008"}))
            << rupiah;
    }
}

TEST(ClassifyTest, ByCapitalBefore2021TheBoundaryBelongsToTheLowerScale) {
    for (const auto& [rupiah, scale] : {Boundary{50'000'000, Scale::kMicro},
                                        {50'000'001, Scale::kSmall},
                                        {500'000'000, Scale::kSmall},
                                        {500'000'001, Scale::kMedium},
                                        {10'000'000'000, Scale::kMedium},
                                        {10'000'000'001, Scale::kLarge}}) {
        EXPECT_EQ(Classify(std::nullopt, rupiah, kLastDayOfTheOldRules),
                  (Classification{scale, "UU20_2008"}))
            << rupiah;
    }
}

TEST(ClassifyTest, SalesCountBeforeCapital) {
    EXPECT_EQ(Classify(1, 10'000'000'001, kFirstDayOfTheNewRules).scale, Scale::kMicro);
    EXPECT_EQ(Classify(0, 10'000'000'001, kFirstDayOfTheNewRules).scale, Scale::kMicro);
    EXPECT_EQ(Classify(50'000'000'001, 1, kFirstDayOfTheNewRules).scale, Scale::kLarge);
}

TEST(ClassifyTest, WithoutFiguresTheScaleIsUnknown) {
    EXPECT_EQ(Classify(std::nullopt, std::nullopt, kFirstDayOfTheNewRules),
              (Classification{Scale::kUnknown, "PP7_2021"}));
}

TEST(ClassifyTest, BeforeTheFirstRulesTheFirstApply) {
    EXPECT_EQ(Classify(1, std::nullopt, 1998y / 5 / 21).rule_set, "UU20_2008");
}

TEST(ScaleRuleSetsTest, EachFollowsTheOneBeforeAndItsBoundsAscend) {
    Date last{};
    for (const ScaleRuleSet& rules : ScaleRuleSets()) {
        EXPECT_LT(last, rules.valid_from);
        last = rules.valid_from;
        for (const ScaleBounds& bounds : {rules.annual_sales, rules.capital}) {
            EXPECT_LT(bounds.micro_max, bounds.small_max);
            EXPECT_LT(bounds.small_max, bounds.medium_max);
        }
    }
}

}  // namespace
}  // namespace bangkit::indonesia
