#include "services/registration/domain/region_change.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/registration/tests/registrations.h"

namespace bangkit::registration {
namespace {

using ::testing::IsEmpty;

constexpr std::string_view kChanges =
    "code,successor,in_force,basis\n"
    "36.98,36.74,2020-01-01,X 1/2020\n"
    "36.99,36.71,2021-01-01,X 1/2021\n"
    "36.99,36.74,2021-01-01,X 1/2021\n"
    "36.97,36.74.01,2021-01-01,X 1/2021\n"
    "36.97,36.74.05,2021-01-01,X 1/2021\n"
    "36.96,36.74,2021-01-01,X 1/2021\n"
    "36.96,32.75,2021-01-01,X 1/2021\n";

class RegionChangeDecisionTest : public ::testing::Test {
protected:
    static Business In(const std::string& region) {
        Business business;
        business.id = NewId(kNow);
        business.version = 1;
        business.profile.region_code = region;
        return business;
    }
    ApplyRegionChange Change(const std::string& region) const {
        return {.region_code = region, .history = &history_};
    }

    const indonesia::RegionHistory history_{Regions(), kChanges};
};

TEST_F(RegionChangeDecisionTest, GivesABusinessTheCodeOfItsSuccessorFromTheDayOfTheChange) {
    const Events events = Decide(In("36.98.05.1002"), Change("36.98"), kNow);
    ASSERT_EQ(events.size(), 1U);
    const auto& event = std::get<DetailsChanged>(events.front());
    EXPECT_EQ(event.profile.region_code, "36.74.05.1002");
    EXPECT_EQ(event.region_before, "36.98.05.1002");
    EXPECT_EQ(event.region_since, Date(std::chrono::year(2020) / 1 / 1));
    EXPECT_EQ(event.details, std::set{Detail::kRegion});
    const Business after = Apply(In("36.98.05.1002"), events.front());
    EXPECT_EQ(after.profile.region_code, "36.74.05.1002");
    EXPECT_EQ(after.version, 2);
}

TEST_F(RegionChangeDecisionTest, LeavesToPeopleWhichOfSeveralItIs) {
    EXPECT_THAT(Decide(In("36.99"), Change("36.99"), kNow), IsEmpty());
    EXPECT_TRUE(IsUndecided(In("36.99"), Change("36.99")));
}

TEST_F(RegionChangeDecisionTest, LeavesBusinessesOfTodaysRegionsAlone) {
    EXPECT_THAT(Decide(In("36.74.05"), Change("36.98"), kNow), IsEmpty());
    EXPECT_FALSE(IsUndecided(In("36.74.05"), Change("36.98")));
    EXPECT_THAT(Decide(Business{}, Change("36.98"), kNow), IsEmpty());
}

TEST_F(RegionChangeDecisionTest, GivesANeedToAllThatTookOver) {
    const auto region_after = [this](const std::string& before) -> std::string {
        Need need;
        need.id = "n";
        need.version = 3;
        need.subject.region_code = before;
        const std::optional<NeedEvent> event = Decide(need, Change(before), kNow);
        if (!event) return "";
        EXPECT_EQ(std::get<NeedMoved>(*event).region_before, before);
        const Need after = Apply(need, *event);
        EXPECT_EQ(after.version, 4);
        EXPECT_EQ(after.updated_at, kNow);
        return after.subject.region_code;
    };
    EXPECT_EQ(region_after("36.98.05.1002"), "36.74.05.1002");
    EXPECT_EQ(region_after("36.97"), "36.74") << "split within a city";
    EXPECT_EQ(region_after("36.99"), "36") << "split within a province";
    EXPECT_EQ(region_after("36.96"), "") << "nothing is around it but the country";
    EXPECT_EQ(region_after("36.74"), "") << "a region of today";
    EXPECT_FALSE(Decide(Need{}, Change("36.98"), kNow));
}

TEST_F(RegionChangeDecisionTest, IsRefusedForARegionThatHasNotChanged) {
    EXPECT_TRUE(CheckIsFormer(Change("36.98")));
    EXPECT_TRUE(CheckIsFormer(Change("36.99")));
    const Result<void> refused = CheckIsFormer(Change("36.74"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "REGION_UNCHANGED");
}

}  // namespace
}  // namespace bangkit::registration
