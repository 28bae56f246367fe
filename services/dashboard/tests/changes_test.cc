#include "services/dashboard/domain/changes.h"

#include <gmock/gmock.h>

#include <random>
#include <vector>

#include "services/dashboard/tests/events.h"

namespace bangkit::dashboard {
namespace {

using std::chrono::month;
using std::chrono::year;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr Month kMay = year(2022) / month(5);
constexpr Month kJune = year(2022) / month(6);

TEST(Changes, ARegistrationCountsAtEveryLevelUpToTheCountry) {
    Changes changes;

    changes.Add(nullptr, {.after = kBekasiVendor, .month = kMay});

    EXPECT_THAT(changes.Regions(), ElementsAre(Pair("32", 1), Pair("32.75", 1), Pair("32.75.01", 1),
                                               Pair("32.75.01.1001", 1), Pair("ID", 1)));
    EXPECT_EQ(changes.counts().at({"32.75", kMay, kBekasiVendor.category}), 1);
    EXPECT_EQ(changes.flows().at({"32.75", kMay}), Flow{.registered = 1});
}

TEST(Changes, ABusinessOfACityAsFarAsIsKnownCountsFromTheCityUp) {
    Changes changes;

    changes.Add(nullptr, {.after = In("32.75"), .month = kMay});

    EXPECT_THAT(changes.Regions(), ElementsAre(Pair("32", 1), Pair("32.75", 1), Pair("ID", 1)));
}

TEST(Changes, ANewConditionMovesTheBusinessBetweenCountersOfThatMonth) {
    Changes changes;
    const BusinessState dormant = But(Condition::kDormant);

    changes.Add(&kBekasiVendor, {.after = dormant, .month = kJune});

    EXPECT_EQ(changes.counts().at({"ID", kJune, kBekasiVendor.category}), -1);
    EXPECT_EQ(changes.counts().at({"ID", kJune, dormant.category}), 1);
    EXPECT_THAT(changes.flows(), IsEmpty());
    EXPECT_EQ(changes.Regions().at("ID"), 0) << "changed, and as many as before";
}

TEST(Changes, AMarkCountsWhereverTheBusinessCounts) {
    Changes changes;
    const BusinessState blank_spot = With({Mark::kCoverageKnown, Mark::kBlankSpot});

    changes.Add(&kBekasiVendor, {.after = blank_spot, .month = kMay});
    EXPECT_EQ(changes.marks().at({"32.75", kMay, Mark::kBlankSpot}), 1);
    EXPECT_EQ(changes.marks().at({"ID", kMay, Mark::kCoverageKnown}), 1);
    EXPECT_THAT(changes.counts(), IsEmpty()) << "it is of the same category";
    EXPECT_EQ(changes.Regions().at("32.75"), 0) << "changed, and as many as before";

    changes.Add(&blank_spot, {.after = With({Mark::kCoverageKnown}), .month = kMay});
    EXPECT_FALSE(changes.marks().contains({"32.75", kMay, Mark::kBlankSpot})) << "cancelled out";
    EXPECT_EQ(changes.marks().at({"32.75", kMay, Mark::kCoverageKnown}), 1);
}

TEST(Changes, AMoveTakesTheBusinessAwayFromWhereItWas) {
    Changes changes;

    changes.Add(&kBekasiVendor, {.after = In("36.74.01.1001"), .month = kJune});

    EXPECT_EQ(changes.Regions().at("32.75"), -1);
    EXPECT_EQ(changes.Regions().at("36.74"), 1);
    EXPECT_FALSE(changes.Regions().contains("ID")) << "the country does not notice";
}

TEST(Changes, MovingUpIsCountedWhereTheBusinessIs) {
    Changes changes;
    const BusinessState small = But(Scale::kSmall);

    changes.Add(&kBekasiVendor, {.after = small, .month = kJune, .upgraded = true});

    EXPECT_EQ(changes.flows().at({"32", kJune}), Flow{.upgraded = 1});
}

TEST(Changes, OnlyVerifiedBusinessesAreCountedByLevelAndThatAtEveryLevelOfRegions) {
    Changes changes;
    const BusinessState field = But(Verification::kField);

    changes.Add(&kBekasiVendor, {.after = field, .month = kJune});

    EXPECT_THAT(changes.counts(), IsEmpty()) << "there are as many as before";
    EXPECT_EQ(changes.verified().size(), 5U);
    EXPECT_EQ(changes.verified().at({"ID", kJune, Verification::kField}), 1);
    EXPECT_EQ(changes.Regions().at("32.75"), 0) << "changed all the same";

    changes.Add(&field, {.after = But(Verification::kDocument), .month = kJune});
    EXPECT_EQ(changes.verified().at({"32", kJune, Verification::kDocument}), 1);
    EXPECT_FALSE(changes.verified().contains({"32", kJune, Verification::kField}));
}

TEST(Changes, AVerifiedBusinessThatMovesTakesItsLevelAlong) {
    Changes changes;
    const BusinessState field = But(Verification::kField);

    changes.Add(&field, {.after = In("36.74.01.1001", field), .month = kJune});

    EXPECT_EQ(changes.verified().at({"32.75", kJune, Verification::kField}), -1);
    EXPECT_EQ(changes.verified().at({"36", kJune, Verification::kField}), 1);
    EXPECT_FALSE(changes.verified().contains({"ID", kJune, Verification::kField}));
}

TEST(Changes, AnEventThatChangesNothingIsNoChange) {
    Changes changes;

    changes.Add(&kBekasiVendor, {.after = kBekasiVendor, .month = kJune});

    EXPECT_THAT(changes.counts(), IsEmpty());
    EXPECT_THAT(changes.Regions(), IsEmpty());
}

TEST(Changes, WhatIsTakenBackInTheSameMonthLeavesNoTrace) {
    Changes changes;
    const BusinessState dormant = But(Condition::kDormant);

    changes.Add(&kBekasiVendor, {.after = dormant, .month = kMay});
    changes.Add(&dormant, {.after = kBekasiVendor, .month = kMay});

    EXPECT_THAT(changes.counts(), IsEmpty());
}

// Whatever happens in whatever order: the counters add up to what a recount of all businesses
// gives.
TEST(Changes, AnySequenceOfEventsAddsUpToARecountOfTheFinalStates) {
    std::mt19937 random(2022);
    const auto pick = [&random](int max) { return std::uniform_int_distribution(0, max)(random); };
    const std::vector<std::string> regions{"32.75", "32.75.01", "32.75.01.1001", "36.74.01.1001",
                                           "18.71.05.1002"};
    std::vector<std::optional<BusinessState>> businesses(50);
    Changes changes;
    for (int i = 0; i < 5'000; ++i) {
        std::optional<BusinessState>& business =
            businesses[static_cast<std::size_t>(pick(static_cast<int>(businesses.size()) - 1))];
        const BusinessEvent event{
            .after = {.region_code = regions[static_cast<std::size_t>(pick(4))],
                      .category = {.kind = Kind(1 + pick(3)),
                                   .scale = Scale(pick(4)),
                                   .condition = Condition(1 + pick(4))},
                      .verification = Verification(1 + pick(2))},
            .month = kMay + std::chrono::months(pick(20))};
        changes.Add(business ? &*business : nullptr, event);
        business = event.after;
    }

    Changes recount;
    for (const auto& business : businesses) {
        if (business) recount.Add(nullptr, {.after = *business, .month = kMay});
    }
    const auto sum_up = [](const Changes& of) {
        std::map<std::pair<std::string, Category>, std::int64_t> sums;
        for (const auto& [cell, change] : of.counts()) {
            sums[{cell.region_code, cell.category}] += change;
        }
        std::erase_if(sums, [](const auto& each) { return each.second == 0; });
        return sums;
    };
    const auto sum_up_verified = [](const Changes& of) {
        std::map<std::pair<std::string, Verification>, std::int64_t> sums;
        for (const auto& [cell, change] : of.verified()) {
            sums[{cell.region_code, cell.level}] += change;
        }
        std::erase_if(sums, [](const auto& each) { return each.second == 0; });
        return sums;
    };
    EXPECT_EQ(sum_up(changes), sum_up(recount));
    EXPECT_EQ(sum_up_verified(changes), sum_up_verified(recount));
    EXPECT_EQ(changes.Regions().at("ID"), recount.Regions().at("ID"));
}

}  // namespace
}  // namespace bangkit::dashboard
