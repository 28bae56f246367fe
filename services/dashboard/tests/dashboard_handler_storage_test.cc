#include <gmock/gmock.h>

#include <future>
#include <map>

#include "services/dashboard/api/dashboard_handler.h"
#include "services/dashboard/api/wire.h"
#include "services/dashboard/storage/rebuild.h"
#include "services/dashboard/tests/handler_fixture.h"

namespace bangkit::dashboard {
namespace {

using bangkit::testing::Eventually;
using ::testing::SizeIs;

TEST_F(DashboardHandlerStorage, AnswersFromTheCacheWithTheFreshnessOfNow) {
    AwaitRendered();

    const auto response = Get("32.75");

    ASSERT_TRUE(response);
    EXPECT_EQ(response->dashboard().region_name(), "Kota Bekasi");
    EXPECT_EQ(response->dashboard().businesses(), 1);
    EXPECT_TRUE(response->freshness().has_as_of());
    EXPECT_EQ(response->freshness().lag_events(), 0);
    EXPECT_TRUE(HasRead("hit"));
}

TEST_F(DashboardHandlerStorage, TheReadModelGivesTheSameAnswerAsTheCache) {
    AwaitRendered();
    const auto cached = Get("32.75");
    redis_.Kill();
    ASSERT_TRUE(Eventually([this] { return !redis_cache_.IsUp(); }));

    const auto read = Get("32.75");

    ASSERT_TRUE(cached && read);
    EXPECT_EQ(read->dashboard().SerializeAsString(), cached->dashboard().SerializeAsString());
    EXPECT_TRUE(read->freshness().has_as_of());
    EXPECT_TRUE(HasRead("away"));
}

TEST_F(DashboardHandlerStorage, AFrozenCacheKeepsNobodyWaiting) {
    AwaitRendered();
    redis_.Freeze();

    const auto response = Get("32.75");

    ASSERT_TRUE(response);
    EXPECT_EQ(response->dashboard().businesses(), 1);
    redis_.Thaw();
}

TEST_F(DashboardHandlerStorage, ARegionWithoutBusinessesHasADashboardOfZeros) {
    AwaitRendered();

    const auto response = Get("18.71");

    ASSERT_TRUE(response);
    EXPECT_EQ(response->dashboard().region_code(), "18.71");
    EXPECT_EQ(response->dashboard().region_name(), "Kota Bandar Lampung");
    EXPECT_EQ(response->dashboard().businesses(), 0);
    EXPECT_TRUE(Eventually([this] {
        return redis_.Ask({"EXISTS", "bangkit:dashboard:18.71"}) == "1";
    })) << "the next one finds it in the cache";
}

TEST_F(DashboardHandlerStorage, AReadWaitsForTheWriteThatItNames) {
    AwaitRendered();
    PublishedBusiness mine;
    const kafka::Record registered = mine.Registers();
    auto answer = std::async(std::launch::async, [&] { return Get("32.75", PositionOf(mine)); });

    model_.Project({registered});

    const auto response = answer.get();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->dashboard().businesses(), 2);
}

TEST_F(DashboardHandlerStorage, RefusesWhatMakesNoSense) {
    EXPECT_EQ(Get("").error().fields.front().field, "region_code");
    EXPECT_EQ(Get("").error().code, ErrorCode::kInvalidArgument);
    for (const char* code : {"99", "32.75.1", "Bekasi", "id", "32'; --"}) {
        EXPECT_EQ(Get(code).error().code, ErrorCode::kInvalidArgument) << code;
        EXPECT_EQ(Get(code).error().fields.front().reason, "REGION_UNKNOWN") << code;
        EXPECT_EQ(List(code).error().fields.front().field, "parent_code") << code;
    }
    const auto wrong_position = Get("32.75", "yesterday");
    EXPECT_EQ(wrong_position.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(wrong_position.error().fields.front().reason, "POSITION_INVALID");
}

// The whole matrix of roles and methods, from the policy table. Figures know no scope.
TEST_F(DashboardHandlerStorage, IsForWhomThePolicySaysWhateverTheRegion) {
    const auto answers = [this] {
        const auto name = [](const auto& result) { return result ? "OK" : result.error().reason; };
        return std::map<std::string, std::string>{{"GetDashboard", name(Get("32.75"))},
                                                  {"CompareRegions", name(Compare({"32", "36"}))},
                                                  {"ListRegions", name(List("32"))}};
    };
    const auto* service =
        v1::GetDashboardRequest::descriptor()->file()->FindServiceByName("DashboardService");
    ASSERT_EQ(service->method_count(), std::ssize(answers()));
    std::vector<std::string> roles(std::begin(identity::role::kAll),
                                   std::end(identity::role::kAll));
    roles.emplace_back("superuser");  // Known to nobody.
    for (const std::string& role : roles) {
        for (const std::string region : {"32.75", "18"}) {
            token_ = TokenOf(role, {region});
            for (const auto& [method, answer] : answers()) {
                const auto scope =
                    policy_.Admit(service->full_name() + "/" + method, {"", {role}, {}});
                EXPECT_EQ(answer, scope ? "OK" : "ROLE_NOT_ALLOWED") << role << " " << method;
            }
        }
    }
    token_.clear();
    for (const auto& [method, answer] : answers()) EXPECT_EQ(answer, "TOKEN_MISSING") << method;
    token_ = "nonsense";
    for (const auto& [method, answer] : answers()) EXPECT_EQ(answer, "TOKEN_INVALID") << method;
}

TEST_F(DashboardHandlerStorage, ListsTheRegionsInsideOneWithTheirNumbers) {
    const auto provinces = List("");
    const auto regencies = List("32");
    const auto villages_of_a_village = List("32.75.01.1001");

    ASSERT_TRUE(provinces && regencies && villages_of_a_village);
    EXPECT_THAT(provinces->regions(), SizeIs(38));
    EXPECT_THAT(regencies->regions(), SizeIs(27));
    EXPECT_TRUE(regencies->freshness().has_as_of());
    EXPECT_THAT(villages_of_a_village->regions(), SizeIs(0));
    for (const v1::RegionSummary& region : regencies->regions()) {
        EXPECT_EQ(region.businesses(), region.region_code() == "32.75" ? 1 : 0);
        EXPECT_EQ(region.level(), v1::REGION_LEVEL_REGENCY);
    }
}

TEST_F(DashboardHandlerStorage, DuringARebuildTheCacheGoesOnAndNothingElseIsMadeUp) {
    AwaitRendered();
    Rebuild(model_.database().owner_dsn());
    model_.Join();

    EXPECT_EQ(Get("32.75")->dashboard().businesses(), 1);
    EXPECT_EQ(Get("18.71").error().reason, "DASHBOARD_REBUILDING");
    EXPECT_EQ(List("32").error().code, ErrorCode::kUnavailable);

    model_.ProjectAgain();
    model_.Complete();
    EXPECT_EQ(Get("18.71")->dashboard().businesses(), 0);
    EXPECT_EQ(Get("32.75")->dashboard().businesses(), 1);
}

TEST(GetDashboardRequest, OfOtherBytesIsNone) {
    const grpc::Slice truncated(
        "\x0a\x05"
        "32");
    EXPECT_FALSE(ParseGetDashboardRequest(grpc::ByteBuffer(&truncated, 1)));
}

}  // namespace
}  // namespace bangkit::dashboard
