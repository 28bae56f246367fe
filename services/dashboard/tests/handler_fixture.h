#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libs/grpc/client.h"
#include "libs/grpc/server.h"
#include "libs/identity/development_issuer.h"
#include "libs/postgres/explain.h"
#include "libs/telemetry/metrics.h"
#include "libs/testing/eventually.h"
#include "libs/testing/quiet_logger.h"
#include "services/dashboard/api/dashboard_handler.h"
#include "services/dashboard/events/renderer.h"
#include "services/dashboard/tests/events.h"
#include "services/dashboard/tests/private_redis.h"
#include "services/dashboard/tests/projected_database.h"

namespace bangkit::dashboard {

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
        ASSERT_TRUE(bangkit::testing::Eventually([this] {
            return model_.database().Count("SELECT count(*) FROM dirty_dashboards") == 0 &&
                   redis_.Ask({"EXISTS", "bangkit:dashboard:progress"}) == "1";
        }));
    }
    bool HasRead(const std::string& cache, int times = 1) {
        return telemetry::Render(metrics_).contains("bangkit_dashboard_reads_total{cache=\"" +
                                                    cache + "\"} " + std::to_string(times) + "\n");
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
    Result<v1::CompareRegionsResponse> Compare(const std::vector<std::string>& region_codes) {
        v1::CompareRegionsRequest request;
        for (const std::string& code : region_codes) request.add_region_codes(code);
        grpc::ClientContext context;
        rpc::Prepare(context, token_, std::chrono::seconds(20));
        v1::CompareRegionsResponse response;
        const grpc::Status status = stub_->CompareRegions(&context, request, &response);
        if (!status.ok()) return std::unexpected(rpc::FromStatus(status));
        return response;
    }
    std::string TokenOf(const std::string& role, std::vector<std::string> regions = {}) const {
        return issuer_.Mint({.subject = "siti", .roles = {role}, .regions = std::move(regions)},
                            clock_.Now(), std::chrono::hours(1));
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
    rpc::Calls calls_{gate_, pool_, logger_, metrics_, postgres::Explain};
    DashboardHandler handler_{
        {.calls = calls_,
         .regions = model_.regions(),
         .cache = cache_,
         .reader = reader_,
         .positions = positions_,
         .metrics = metrics_,
         .on_miss = [this](std::string code) { renderer_.Want(std::move(code)); }}};
    const rpc::Server server_{{.listen = "127.0.0.1:0"},
                              {{v1::DashboardService::service_full_name(), &handler_}},
                              calls_};
    std::unique_ptr<v1::DashboardService::Stub> stub_ =
        v1::DashboardService::NewStub(rpc::Connect("127.0.0.1:" + std::to_string(server_.port())));
    std::string token_ = TokenOf("agency");
};

}  // namespace bangkit::dashboard
