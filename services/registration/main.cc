// Wiring only. Settings: README.md.
#include <prometheus/registry.h>

#include <optional>
#include <string>

#include "gen/command_migrations.h"
#include "gen/messaging_migrations.h"
#include "gen/registration_migrations.h"
#include "libs/base/thread_pool.h"
#include "libs/base/wake.h"
#include "libs/command/retention.h"
#include "libs/crypto/key_ring.h"
#include "libs/grpc/server.h"
#include "libs/http/admin.h"
#include "libs/messaging/relay.h"
#include "libs/postgres/explain.h"
#include "libs/service/service.h"
#include "services/registration/api/registration_handler.h"
#include "services/registration/storage/mapping.h"

namespace {

using namespace bangkit;

constexpr std::size_t kReadThreads = 4;
constexpr std::size_t kReadsMax = 1'024;

struct OwnSettings {
    std::string key_file;          // BANGKIT_KEY_FILE
    std::int64_t batch_max = 128;  // BANGKIT_BATCH_MAX: commands in one transaction.
    std::int64_t retention_hours =
        168;  // BANGKIT_IDEMPOTENCY_HOURS: how long a request id may be repeated.
};

OwnSettings Read(Settings& settings) {
    return {.key_file = settings.Required("BANGKIT_KEY_FILE"),
            .batch_max = settings.Number("BANGKIT_BATCH_MAX", 128, 2, 4'096),
            .retention_hours = settings.Number("BANGKIT_IDEMPOTENCY_HOURS", 168, 1, 8'760)};
}

// Built in this order and destroyed in reverse: calls end first, then the writers, then the relay.
void Serve(const service::Foundation& base, const OwnSettings& own) {
    const service::CommonSettings& common = base.settings;
    const auto keys = crypto::KeyRing::Load(own.key_file, common.development);
    // Claims are looked up by the current key alone: with another, all numbers would be free again.
    if (keys.Versions(crypto::KeyPurpose::kHash).size() != 1) {
        throw SettingError("BANGKIT_KEY_FILE must hold exactly one hash key");
    }
    const indonesia::RegionTree regions;
    const identity::TokenVerifier tokens(
        common.jwks,
        {.development = common.development,
         .is_region = [&regions](std::string_view code) { return regions.Find(code) != nullptr; }},
        base.clock);
    const identity::Policy policy = identity::Policy::OfBangkit();
    const rpc::Gate gate(tokens, policy, base.clock);

    postgres::Migrate(common.migration_dsn,
                      {command::Migrations(), messaging::Migrations(), registration::Migrations()},
                      base.logger);
    const command::RetentionSweeper sweeper(common.dsn, std::chrono::hours(own.retention_hours),
                                            base.logger);
    Wake relay_wake;
    const messaging::RelayThread relay({.dsn = common.dsn,
                                        .brokers = common.kafka,
                                        .topic = std::string(registration::kTopic),
                                        .source = "/bangkit/registration"},
                                       relay_wake, base.logger, base.metrics, base.failpoints);
    registration::RegistrationLoop loop(
        {.dsn = common.dsn, .batch_max = static_cast<std::size_t>(own.batch_max)},
        {.clock = base.clock,
         .logger = base.logger,
         .metrics = base.metrics,
         .failpoints = base.failpoints,
         .on_commit = [&relay_wake] { relay_wake.Ring(); }},
        [&keys] { return registration::RegistrationUnitOfWork(keys); });

    // Pages and single rows come along an index in its order, whatever the tables looked like when
    // the plan was made; a plan for every call would take as long as the call.
    postgres::Pool reads(common.dsn,
                         "SET statement_timeout = '5s'; SET plan_cache_mode = force_generic_plan;"
                         "SET enable_seqscan = off; SET enable_bitmapscan = off");
    ThreadPool pool(kReadThreads, kReadsMax);
    const rpc::Calls calls(gate, pool, base.logger, base.metrics, postgres::Explain);
    const registration::Checks checks(regions, base.clock);
    const registration::Queries queries(reads, keys);
    registration::RegistrationHandler handler({.calls = calls,
                                               .loop = loop,
                                               .queries = queries,
                                               .checks = checks,
                                               .keys = keys,
                                               .regions = regions});
    const rpc::Server server(
        {.listen = common.listen, .development = common.development},
        {{registration::v1::RegistrationService::service_full_name(), &handler}});
    const http::AdminServer admin(
        common.admin_listen, base.metrics,
        {{.name = "database", .why_not = [&reads] { return reads.WhyNotReady(); }}});
    base.logger.Info("listening", {{"port", std::to_string(server.port())},
                                   {"admin_port", std::to_string(admin.port())}});
    base.wait_for_stop();
}

}  // namespace

int main() {
    OwnSettings own;
    return service::Run(
        "registration", [&own](Settings& settings, bool) { own = Read(settings); },
        [&own](const service::Foundation& base) { Serve(base, own); });
}
