// Wiring only. Settings: README.md.
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gen/dashboard_migrations.h"
#include "gen/denials_migrations.h"
#include "gen/messaging_migrations.h"
#include "libs/base/thread_pool.h"
#include "libs/denials/denial_log.h"
#include "libs/grpc/server.h"
#include "libs/http/admin.h"
#include "libs/messaging/consumer.h"
#include "libs/postgres/explain.h"
#include "libs/postgres/watch.h"
#include "libs/service/service.h"
#include "services/dashboard/api/dashboard_handler.h"
#include "services/dashboard/events/aid_projection.h"
#include "services/dashboard/events/business_projection.h"
#include "services/dashboard/events/renderer.h"
#include "services/dashboard/storage/read_model.h"
#include "services/dashboard/storage/rebuild.h"

namespace {

using namespace bangkit;

constexpr std::size_t kReadThreads = 2;
constexpr std::size_t kReadsMax = 1'024;

struct OwnSettings {
    std::string redis;               // BANGKIT_REDIS: "host:port"
    std::int64_t batch_max = 2'000;  // BANGKIT_BATCH_MAX: events in one transaction.
};

OwnSettings Read(Settings& settings) {
    return {.redis = settings.Required("BANGKIT_REDIS"),
            .batch_max = settings.Number("BANGKIT_BATCH_MAX", 2'000, 1, 10'000)};
}

void MigrateTables(const service::Foundation& base) {
    postgres::Migrate(base.settings.migration_dsn,
                      {denials::Migrations(), messaging::Migrations(), dashboard::Migrations()},
                      base.logger);
}

/// Each topic has a group of its own: whoever joins one leaves the others alone.
messaging::ConsumerOptions ToConsume(std::string_view topic, std::string group,
                                     const service::Foundation& base, const OwnSettings& own) {
    return {.dsn = base.settings.dsn,
            .brokers = base.settings.kafka,
            .group = std::move(group),
            .topic = std::string(topic),
            .batch_max = static_cast<std::size_t>(own.batch_max)};
}

// Built in this order and destroyed in reverse: calls end first, then the projectors, then what
// they wake up.
void Serve(const service::Foundation& base, const OwnSettings& own) {
    const service::CommonSettings& common = base.settings;
    const indonesia::RegionTree regions;
    const identity::TokenVerifier tokens(
        common.jwks,
        {.development = common.development,
         .is_region = [&regions](std::string_view code) { return regions.Find(code) != nullptr; }},
        base.clock);
    const identity::Policy policy = identity::Policy::OfBangkit();
    const rpc::Gate gate(tokens, policy, base.clock);

    MigrateTables(base);
    postgres::Pool reads(common.dsn, "SET statement_timeout = '5s'");
    dashboard::RendererThread renderer({.dsn = common.dsn, .redis = own.redis},
                                       {.regions = regions,
                                        .logger = base.logger,
                                        .metrics = base.metrics,
                                        .failpoints = base.failpoints});
    dashboard::PositionWaiter positions(reads, base.clock, base.logger);
    const messaging::ConsumerContext consumer{.logger = base.logger,
                                              .metrics = base.metrics,
                                              .failpoints = base.failpoints,
                                              .on_commit = [&renderer, &positions] {
                                                  renderer.Wake();
                                                  positions.Wake();
                                              }};
    const messaging::ConsumerThread of_registration(
        ToConsume(dashboard::kRegistrationTopic, "bangkit-dashboard", base, own), consumer,
        [&regions] { return std::make_unique<dashboard::BusinessProjection>(regions); });
    const messaging::ConsumerThread of_aid(
        ToConsume(dashboard::kAidTopic, "bangkit-dashboard-aid", base, own), consumer,
        [&regions] { return std::make_unique<dashboard::AidProjection>(regions); });

    dashboard::FiguresReader reader(reads, regions, base.logger, base.metrics);
    redis::Cache redis({.address = own.redis}, base.metrics);
    dashboard::DashboardCache cache(redis);
    ThreadPool pool(kReadThreads, kReadsMax);
    denials::DenialLog denials(common.dsn, base.clock, base.logger);
    rpc::Calls calls(
        gate, pool, base.logger, base.metrics, postgres::Explain,
        [&denials](const rpc::CallEnd& end) {
            denials.Record({.actor = end.subject, .method = end.method, .reason = end.reason});
        });
    dashboard::DashboardHandler handler(
        {.calls = calls,
         .regions = regions,
         .cache = cache,
         .reader = reader,
         .positions = positions,
         .metrics = base.metrics,
         .on_miss = [&renderer](std::string code) { renderer.Want(std::move(code)); }});
    rpc::Server server({.listen = common.listen, .development = common.development},
                       {{dashboard::v1::DashboardService::service_full_name(), &handler}}, calls);
    const postgres::Watch database(common.dsn, base.logger,
                                   [&server](bool is_up) { server.SetHealthy(is_up); });
    const http::AdminServer admin(
        common.admin_listen, base.metrics,
        {{.name = "figures",
          .why_not = [&renderer] -> std::optional<std::string> {
              if (renderer.HasFigures()) return std::nullopt;
              return "the figures are not complete yet";
          }},
         {.name = "database", .why_not = [&database] { return database.WhyNotReady(); }}});
    base.logger.Info("listening", {{"port", std::to_string(server.port())},
                                   {"admin_port", std::to_string(admin.port())}});
    base.wait_for_stop();
}

void Rebuild(const service::Foundation& base) {
    MigrateTables(base);
    dashboard::Rebuild(base.settings.migration_dsn);
    base.logger.Info("rebuild_begun");
}

}  // namespace

int main(int argc, char** argv) {
    const bool is_rebuild = argc == 2 && std::string_view(argv[1]) == "rebuild";
    if (argc > 1 && !is_rebuild) {
        std::fputs("usage: bangkit-dashboard [rebuild]\n", stderr);
        return 2;
    }
    OwnSettings own;
    return service::Run(
        "dashboard", [&own](Settings& settings, bool) { own = Read(settings); },
        [&own, is_rebuild](const service::Foundation& base) {
            is_rebuild ? Rebuild(base) : Serve(base, own);
        });
}
