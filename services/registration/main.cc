// Wiring only: handlers.h and loops.h are put together here. Settings: README.md.
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

#include "libs/base/thread_pool.h"
#include "libs/base/wake.h"
#include "libs/command/idempotency.h"
#include "libs/command/retention.h"
#include "libs/crypto/key_ring.h"
#include "libs/denials/denial_log.h"
#include "libs/grpc/server.h"
#include "libs/http/admin.h"
#include "libs/messaging/relay.h"
#include "libs/postgres/explain.h"
#include "libs/postgres/watch.h"
#include "libs/service/service.h"
#include "services/registration/handlers.h"
#include "services/registration/jobs/duplicate_thread.h"
#include "services/registration/jobs/import_thread.h"
#include "services/registration/loops.h"
#include "services/registration/maintenance.h"
#include "services/registration/settings.h"
#include "services/registration/storage/intake_retention.h"
#include "services/registration/storage/mapping.h"
#include "services/registration/storage/subject_request_watch.h"

namespace {

using namespace bangkit;
using namespace bangkit::registration;

constexpr std::size_t kReadThreads = 4;
constexpr std::size_t kReadsMax = 1'024;

OwnSettings Read(Settings& settings) {
    return {.key_file = settings.Required("BANGKIT_KEY_FILE"),
            .batch_max = settings.Number("BANGKIT_BATCH_MAX", 128, 2, 4'096),
            .retention_hours = settings.Number("BANGKIT_IDEMPOTENCY_HOURS", 168, 1, 8'760),
            .import_max_mib = settings.Number("BANGKIT_IMPORT_MAX_MIB", 512, 1, 65'536),
            .import_hours = settings.Number("BANGKIT_IMPORT_HOURS", 168, 1, 8'760),
            .merge_undo_days = settings.Number("BANGKIT_MERGE_UNDO_DAYS", 30, 1, 3'650)};
}

// Built in this order and destroyed in reverse: calls end first, then the writers, then the relay.
void Serve(const service::Foundation& base, const OwnSettings& own, const crypto::KeyRing& keys) {
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
    Announced(base, keys);
    const command::RetentionSweeper replies(
        common.dsn,
        [retention = std::chrono::hours(own.retention_hours)](auto& connection, auto limit) {
            return command::RemoveOldReplies(connection, retention, limit);
        },
        base.logger);
    const command::RetentionSweeper waiting(common.dsn, ForgetWhatWaitsInVain, base.logger);
    Wake relay_wake;
    const messaging::RelayThread relay({.dsn = common.dsn,
                                        .brokers = common.kafka,
                                        .topic = std::string(kTopic),
                                        .source = "/bangkit/registration"},
                                       relay_wake, base.logger, base.metrics, base.failpoints);
    Wake import_wake;
    Loops loops(base, own, keys, relay_wake, import_wake);

    // Pages and single rows come along an index in its order, whatever the tables looked like when
    // the plan was made; a plan for every call would take as long as the call.
    postgres::Pool reads(common.dsn,
                         "SET statement_timeout = '5s'; SET plan_cache_mode = force_generic_plan;"
                         "SET enable_seqscan = off; SET enable_bitmapscan = off");
    ThreadPool pool(kReadThreads, kReadsMax);

    const DuplicateThread duplicate_thread(common.dsn, keys, base.logger, base.metrics);
    SubjectRequestWatch watch(common.dsn, base.logger, base.metrics);
    watch.Start();

    denials::DenialLog denials(common.dsn, base.clock, base.logger);
    rpc::Calls calls(
        gate, pool, base.logger, base.metrics, postgres::Explain,
        [&denials](const rpc::CallEnd& end) {
            denials.Record({.actor = end.subject, .method = end.method, .reason = end.reason});
        });
    const Checks checks(regions, base.clock);
    const std::chrono::hours import_retention(own.import_hours);
    ImportMetrics import_metrics(base.metrics);
    const ImportThread import_thread({.dsn = common.dsn, .retention = import_retention},
                                     {.checks = checks,
                                      .keys = keys,
                                      .clock = base.clock,
                                      .logger = base.logger,
                                      .metrics = import_metrics,
                                      .failpoints = base.failpoints,
                                      .on_commit = [&relay_wake] { relay_wake.Ring(); }},
                                     import_wake);
    Handlers handlers({.base = base,
                       .calls = calls,
                       .loops = loops,
                       .reads = reads,
                       .pool = pool,
                       .checks = checks,
                       .keys = keys,
                       .regions = regions,
                       .import_retention = import_retention});
    rpc::Server server({.listen = common.listen, .development = common.development},
                       handlers.services(), calls);
    const postgres::Watch database(common.dsn, base.logger,
                                   [&server](bool is_up) { server.SetHealthy(is_up); });
    const http::AdminServer admin(
        common.admin_listen, base.metrics,
        {{.name = "database", .why_not = [&database] { return database.WhyNotReady(); }}});
    base.logger.Info("listening", {{"port", std::to_string(server.port())},
                                   {"admin_port", std::to_string(admin.port())}});
    base.wait_for_stop();
}

}  // namespace

int main(int argc, char** argv) {
    const std::optional<Verb> verb = ParseVerb({argv + 1, argv + argc});
    if (!verb) {
        std::fputs(
            "usage: bangkit-registration [rekey | replay-erasures |"
            " (key-needs | retire-key) (master | hash) VERSION]\n",
            stderr);
        return 2;
    }
    OwnSettings own;
    int code = 0;
    const int outcome = service::Run(
        "registration", [&own](Settings& settings, bool) { own = Read(settings); },
        [&](const service::Foundation& base) {
            const auto keys = crypto::KeyRing::Load(own.key_file, base.settings.development);
            if (verb->name.empty()) return Serve(base, own, keys);
            code = Maintain(base, keys, *verb);
        });
    return outcome == 0 ? code : outcome;
}
