#include <gmock/gmock.h>

#include <future>
#include <memory>

#include "libs/grpc/client.h"
#include "libs/grpc/server.h"
#include "libs/identity/development_issuer.h"
#include "libs/postgres/explain.h"
#include "libs/telemetry/metrics.h"
#include "libs/testing/eventually.h"
#include "libs/testing/quiet_logger.h"
#include "services/dashboard/api/dashboard_handler.h"
#include "services/dashboard/api/wire.h"
#include "services/dashboard/events/renderer.h"
#include "services/dashboard/storage/rebuild.h"
#include "services/dashboard/tests/events.h"
#include "services/dashboard/tests/private_redis.h"
#include "services/dashboard/tests/projected_database.h"

namespace bangkit::dashboard {
namespace {

using bangkit::testing::Eventually;
using ::testing::SizeIs;

/// Everything but the projector, which is the test itself.
class DashboardHandlerStorage : public ::testing::Test {
protected:
    DashboardHandlerStorage() {
        model_.Project({business_.Registers()});
        model_.Complete();
    }

    /// Everything that is dirty lies in the cache.
    void AwaitRendered() {
        renderer_.Wake();
        ASSERT_TRUE(Eventually([this] {
            return model_.database().Count("SELECT count(*) FROM dirty_dashboards") == 0 &&
                   redis_.Ask({"EXISTS", "bangkit:dashboard:progress"}) == "1";
        }));
    }
    bool HasRead(const std::string& cache) {
        return telemetry::Render(metrics_).contains("bangkit_dashboard_reads_total{cache=\"" +
                                                    cache + "\"} 1\n");
    }

    Result<v1::GetDashboardResponse> Get(const std::string& region_code,
                                         const std::string& min_position = "") {
        v1::GetDashboardRequest request;
        request.set_region_code(region_code);
        request.set_min_position(min_position);
        grpc::ClientContext context;
        rpc::Prepare(context, token_, std::chrono::seconds(20));
        v1::GetDashboardResponse response;
        const grpc::Status status = stub_->GetDashboard(&context, request, &response);
        if (!status.ok()) return std::unexpected(rpc::FromStatus(status));
        return response;
    }
    Result<v1::ListRegionsResponse> List(const std::string& parent_code) {
        v1::ListRegionsRequest request;
        request.set_parent_code(parent_code);
        grpc::ClientContext context;
        rpc::Prepare(context, token_, std::chrono::seconds(20));
        v1::ListRegionsResponse response;
        const grpc::Status status = stub_->ListRegions(&context, request, &response);
        if (!status.ok()) return std::unexpected(rpc::FromStatus(status));
        return response;
    }
    std::string TokenOf(const std::string& role) const {
        return issuer_.Mint({.subject = "siti", .roles = {role}, .regions = {}}, clock_.Now(),
                            std::chrono::hours(1));
    }
    std::string PositionOf(const PublishedBusiness& business) const {
        return messaging::ToToken({.topic = std::string(kRegistrationTopic),
                                   .aggregate_type = "business",
                                   .aggregate_id = business.id(),
                                   .version = business.version()});
    }

    PrivateRedis redis_;
    ProjectedDatabase model_;
    PublishedBusiness business_;
    const SystemClock clock_;
    bangkit::testing::QuietLogger logger_;
    prometheus::Registry metrics_;
    const Failpoints failpoints_;
    const identity::DevelopmentKey key_ = identity::GenerateDevelopmentKey();
    const identity::DevelopmentIssuer issuer_{key_.private_jwk};
    const identity::TokenVerifier tokens_{
        key_.public_jwks,
        {.development = true, .is_region = [](std::string_view) { return true; }},
        clock_};
    const identity::Policy policy_ = identity::Policy::OfBangkit();
    const rpc::Gate gate_{tokens_, policy_, clock_};
    postgres::Pool reads_{model_.database().dsn(), "SET statement_timeout = '5s'"};
    RendererThread renderer_{{.dsn = model_.database().dsn(), .redis = redis_.address()},
                             {.regions = model_.regions(),
                              .logger = logger_,
                              .metrics = metrics_,
                              .failpoints = failpoints_}};
    PositionWaiter positions_{reads_, clock_, logger_};
    FiguresReader reader_{reads_, model_.regions(), logger_, metrics_};
    redis::Cache redis_cache_{{.address = redis_.address()}, metrics_};
    DashboardCache cache_{redis_cache_};
    ThreadPool pool_{2, 64};
    const rpc::Calls calls_{gate_, pool_, logger_, metrics_, postgres::Explain};
    DashboardHandler handler_{
        {.calls = calls_,
         .regions = model_.regions(),
         .cache = cache_,
         .reader = reader_,
         .positions = positions_,
         .metrics = metrics_,
         .on_miss = [this](std::string code) { renderer_.Want(std::move(code)); }}};
    const rpc::Server server_{{.listen = "127.0.0.1:0"},
                              {{v1::DashboardService::service_full_name(), &handler_}}};
    const std::unique_ptr<v1::DashboardService::Stub> stub_ =
        v1::DashboardService::NewStub(rpc::Connect("127.0.0.1:" + std::to_string(server_.port())));
    std::string token_ = TokenOf("agency");
};

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

TEST_F(DashboardHandlerStorage, IsForEverybodyWithAToken) {
    for (const char* role : {"public", "owner", "officer", "agency", "province", "council"}) {
        token_ = TokenOf(role);
        EXPECT_TRUE(Get("32.75")) << role;
    }
    token_ = "nonsense";
    EXPECT_EQ(Get("32.75").error().code, ErrorCode::kUnauthenticated);
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
