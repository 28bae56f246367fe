// Regions side by side: the same figures as one by one, in one read of the cache.
#include <gmock/gmock.h>

#include <future>
#include <latch>

#include "services/dashboard/storage/rebuild.h"
#include "services/dashboard/tests/handler_fixture.h"

namespace bangkit::dashboard {
namespace {

using bangkit::testing::Eventually;
using ::testing::SizeIs;

using ComparisonStorage = DashboardHandlerStorage;

TEST_F(ComparisonStorage, ShowsForEachRegionWhatItsDashboardShows) {
    PublishedBusiness other;
    model_.Project(
        {other.Registers(In("19.71")), other.IsVerified(In("19.71", But(Verification::kField)))});
    AwaitRendered();

    const auto compared = Compare({"32.75", "19.71", "ID"});

    ASSERT_TRUE(compared);
    ASSERT_THAT(compared->regions(), SizeIs(3));
    EXPECT_TRUE(HasRead("hit", 3));
    const char* codes[] = {"32.75", "19.71", "ID"};
    for (int i = 0; i < 3; ++i) {
        const v1::ComparedRegion& region = compared->regions(i);
        EXPECT_EQ(region.dashboard().SerializeAsString(),
                  Get(codes[i])->dashboard().SerializeAsString());
        EXPECT_TRUE(region.freshness().has_as_of());
        EXPECT_EQ(region.freshness().lag_events(), 0);
    }
    EXPECT_EQ(compared->regions(0).dashboard().region_name(), "Kota Bekasi");
    EXPECT_EQ(compared->regions(1).dashboard().verified(0).businesses(), 1);
    EXPECT_EQ(compared->regions(2).dashboard().businesses(), 2);
}

TEST_F(ComparisonStorage, ReadsWhatTheCacheLacksFromTheReadModel) {
    AwaitRendered();
    const auto compared = Compare({"18.71", "32.75", "18.72"});

    ASSERT_TRUE(compared);
    EXPECT_EQ(compared->regions(0).dashboard().region_name(), "Kota Bandar Lampung");
    EXPECT_EQ(compared->regions(0).dashboard().businesses(), 0);
    EXPECT_EQ(compared->regions(1).dashboard().businesses(), 1);
    EXPECT_TRUE(compared->regions(2).freshness().has_as_of());
    EXPECT_TRUE(HasRead("hit", 1));
    EXPECT_TRUE(HasRead("miss", 2));
}

TEST_F(ComparisonStorage, GoesOnWithoutTheCache) {
    AwaitRendered();
    const auto cached = Compare({"32.75", "32"});
    redis_.Kill();
    ASSERT_TRUE(Eventually([this] { return !redis_cache_.IsUp(); }));

    const auto read = Compare({"32.75", "32"});

    ASSERT_TRUE(cached && read);
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(read->regions(i).dashboard().SerializeAsString(),
                  cached->regions(i).dashboard().SerializeAsString());
    }
    EXPECT_TRUE(HasRead("away", 2));
}

TEST_F(ComparisonStorage, OfARegionWhoseFiguresAreBeingMadeAnewIsRefused) {
    AwaitRendered();
    Rebuild(model_.database().owner_dsn());
    model_.Join();

    EXPECT_TRUE(Compare({"32.75", "32"}));
    EXPECT_EQ(Compare({"32.75", "18.71"}).error().reason, "DASHBOARD_REBUILDING");
}

// The first region ends the call, while the cache's thread has yet to ask for the second one.
TEST_F(ComparisonStorage, KeepsTheHandlerUntilNothingOfItRunsAnyMore) {
    Rebuild(model_.database().owner_dsn());
    std::latch released(1);
    redis::Cache patient({.address = redis_.address(), .timeout = std::chrono::minutes(1)},
                         metrics_);
    DashboardCache cache(patient);
    rpc::Calls calls(gate_, pool_, logger_, metrics_, postgres::Explain);
    auto handler = std::make_unique<DashboardHandler>(
        HandlerContext{.calls = calls,
                       .regions = model_.regions(),
                       .cache = cache,
                       .reader = reader_,
                       .positions = positions_,
                       .metrics = metrics_,
                       .on_miss = [&released](const std::string& code) {
                           if (code == "18.72") released.wait();
                       }});
    auto server = std::make_unique<rpc::Server>(
        rpc::ServerOptions{.listen = "127.0.0.1:0"},
        std::vector<rpc::NamedService>{{v1::DashboardService::service_full_name(), handler.get()}},
        calls);
    stub_ =
        v1::DashboardService::NewStub(rpc::Connect("127.0.0.1:" + std::to_string(server->port())));

    EXPECT_EQ(Compare({"18.71", "18.72"}).error().reason, "DASHBOARD_REBUILDING");
    auto ended = std::async(std::launch::async, [&] {
        server.reset();
        handler.reset();
    });

    EXPECT_EQ(ended.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
    released.count_down();
    ended.get();
}

TEST_F(ComparisonStorage, RefusesWhatIsNoComparison) {
    const std::vector<std::string> twenty_one(21, "ID");
    const std::pair<std::vector<std::string>, const char*> cases[] = {
        {{}, "OUT_OF_RANGE"},
        {{"32.75"}, "OUT_OF_RANGE"},
        {twenty_one, "OUT_OF_RANGE"},
        {{"32.75", "32.75"}, "DUPLICATE"},
        {{"32.75", "99"}, "REGION_UNKNOWN"},
        {{"32.75", ""}, "REGION_UNKNOWN"},
        {{"32.75", "32'; --"}, "REGION_UNKNOWN"},
    };
    for (const auto& [codes, reason] : cases) {
        const auto refused = Compare(codes);
        ASSERT_FALSE(refused) << reason;
        EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
        EXPECT_EQ(refused.error().fields.front().reason, reason);
    }
    EXPECT_TRUE(Compare({"32.75", "19.71"})) << "the next valid call works";
}

TEST_F(ComparisonStorage, HoldsTwentyRegions) {
    std::vector<std::string> codes;
    for (const indonesia::Region& region : model_.regions().Children("ID").first(20)) {
        codes.emplace_back(region.code);
    }
    const auto compared = Compare(codes);
    ASSERT_TRUE(compared);
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(compared->regions(i).dashboard().region_code(),
                  codes[static_cast<std::size_t>(i)]);
    }
}

}  // namespace
}  // namespace bangkit::dashboard
