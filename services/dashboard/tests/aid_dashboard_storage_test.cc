// Aid as callers see it: from Redis, from the read model, and after their own write.
#include <gmock/gmock.h>

#include "services/dashboard/tests/handler_fixture.h"
#include "services/dashboard/tests/published_aid.h"

namespace bangkit::dashboard {
namespace {

using AidDashboardStorage = DashboardHandlerStorage;

TEST_F(AidDashboardStorage, ShowsFromTheCacheWhatTheReadModelHas) {
    PublishedProgram program;
    PublishedBudget budget;
    PublishedApplication application;
    model_.ProjectAid({program.IsCreated(), budget.IsAllocated(2'000'000'000)});
    model_.ProjectAid(application.Life(kMay2022, std::chrono::hours(20), std::chrono::hours(60)));
    AwaitRendered();

    const auto shown = Get("18");

    ASSERT_TRUE(shown);
    EXPECT_TRUE(HasRead("hit"));
    const v1::AidFigures& aid = shown->dashboard().aid();
    EXPECT_EQ(aid.programs(0).instrument(), common::v1::AID_INSTRUMENT_CASH_GRANT);
    EXPECT_EQ(aid.programs(0).state(), common::v1::PROGRAM_STATE_DRAFT);
    EXPECT_EQ(aid.allocated_rupiah(), 2'000'000'000);
    EXPECT_EQ(aid.disbursed_rupiah(), kShare);
    EXPECT_EQ(aid.recipients(), 1);
    EXPECT_EQ(aid.applications(0).state(), aid::v1::APPLICATION_STATE_DISBURSED);
    EXPECT_EQ(aid.applications(0).rupiah(), kShare);
    EXPECT_EQ(aid.approval().median_hours(), 20);
    EXPECT_EQ(aid.payment().p90_hours(), 60);
    const v1::AidMonth& month = shown->dashboard().months(0).aid();
    EXPECT_EQ(month.submitted(), 1);
    EXPECT_EQ(month.approved(), 1);
    EXPECT_EQ(month.paid(), 1);
    EXPECT_EQ(month.disbursed_rupiah(), kShare);
    EXPECT_EQ(month.approval().applications(), 1);
    EXPECT_EQ(month.programs(0).programs(), 1);
    EXPECT_EQ(month.applications(0).state(), aid::v1::APPLICATION_STATE_DISBURSED);
}

TEST_F(AidDashboardStorage, TellsByMonthWhyApplicationsWereRejected) {
    PublishedApplication application;
    model_.ProjectAid({application.IsStarted(kMay2022), application.IsSubmitted(kMay2022),
                       application.IsRejected({aid::v1::REJECTION_REASON_KUR}, kJune2022)});
    AwaitRendered();
    const auto shown = Get("18");
    ASSERT_TRUE(shown);
    ASSERT_EQ(shown->dashboard().months_size(), 2);
    EXPECT_EQ(shown->dashboard().months(0).aid().rejections_size(), 0);
    const v1::AidMonth& june = shown->dashboard().months(1).aid();
    ASSERT_EQ(june.rejections_size(), 1);
    EXPECT_EQ(june.rejections(0).reason(), aid::v1::REJECTION_REASON_KUR);
    EXPECT_EQ(june.rejections(0).applications(), 1);
}

TEST_F(AidDashboardStorage, OfARegionWithoutAidTellsNone) {
    PublishedApplication application;
    model_.ProjectAid({application.IsStarted()});
    AwaitRendered();
    EXPECT_FALSE(Get("32.75")->dashboard().has_aid());
    EXPECT_FALSE(Get("32.75")->dashboard().months(0).has_aid());
    EXPECT_TRUE(Get("18.71")->dashboard().has_aid());
}

TEST_F(AidDashboardStorage, IncludesTheCallersOwnWrite) {
    PublishedBudget budget;
    model_.ProjectAid({budget.IsAllocated(700)});
    const std::string position = messaging::ToToken({.topic = std::string(kAidTopic),
                                                     .aggregate_type = "budget",
                                                     .aggregate_id = budget.id(),
                                                     .version = 1});
    const auto shown = Get("18", position);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->dashboard().aid().allocated_rupiah(), 700);
    EXPECT_TRUE(HasRead("hit", 0)) << "the cache may be behind";
}

TEST_F(AidDashboardStorage, IsComparedLikeTheOtherFigures) {
    PublishedApplication lampung;
    model_.ProjectAid({lampung.IsStarted()});
    AwaitRendered();
    const auto compared = Compare({"18", "32.75"});
    ASSERT_TRUE(compared);
    EXPECT_EQ(compared->regions(0).dashboard().aid().applications(0).applications(), 1);
    EXPECT_FALSE(compared->regions(1).dashboard().has_aid());
}

}  // namespace
}  // namespace bangkit::dashboard
