// Wiring only. Settings: README.md.
#include <prometheus/registry.h>

#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "gen/command_migrations.h"
#include "gen/denials_migrations.h"
#include "gen/messaging_migrations.h"
#include "gen/registration_migrations.h"
#include "libs/base/thread_pool.h"
#include "libs/base/wake.h"
#include "libs/command/retention.h"
#include "libs/crypto/key_ring.h"
#include "libs/denials/denial_log.h"
#include "libs/grpc/server.h"
#include "libs/http/admin.h"
#include "libs/messaging/relay.h"
#include "libs/postgres/explain.h"
#include "libs/postgres/watch.h"
#include "libs/service/service.h"
#include "services/registration/api/import_handler.h"
#include "services/registration/api/personal_data_handler.h"
#include "services/registration/api/registration_handler.h"
#include "services/registration/events/erasure_replay.h"
#include "services/registration/jobs/import_thread.h"
#include "services/registration/storage/key_versions.h"
#include "services/registration/storage/mapping.h"
#include "services/registration/storage/rekey.h"
#include "services/registration/storage/subject_request_watch.h"

namespace {

using namespace bangkit;

constexpr std::size_t kReadThreads = 4;
constexpr std::size_t kReadsMax = 1'024;
// Pieces of files have up to 256 KiB each: few of them are much.
constexpr std::size_t kPiecesInBatch = 16;
constexpr std::size_t kPiecesWaiting = 64;

struct OwnSettings {
    std::string key_file;          // BANGKIT_KEY_FILE
    std::int64_t batch_max = 128;  // BANGKIT_BATCH_MAX: commands in one transaction.
    std::int64_t retention_hours =
        168;  // BANGKIT_IDEMPOTENCY_HOURS: how long a request id may be repeated.
    std::int64_t import_max_mib = 512;  // BANGKIT_IMPORT_MAX_MIB: size of a file.
    std::int64_t import_hours = 168;    // BANGKIT_IMPORT_HOURS: how long failed rows are kept.
};

/// What it is started for; without a name, to serve.
struct Verb {
    std::string name;
    crypto::KeyPurpose purpose = crypto::KeyPurpose::kMaster;
    int version = 0;
};

std::optional<Verb> ParseVerb(const std::vector<std::string>& words) {
    if (words.empty()) return Verb{};
    const bool is_alone = words[0] == "rekey" || words[0] == "replay-erasures";
    if (words.size() == 1 && is_alone) return Verb{.name = words[0]};
    if (words.size() != 3 || (words[0] != "key-needs" && words[0] != "retire-key")) return {};
    const bool is_master = words[1] == "master";
    const char* const end = words[2].data() + words[2].size();
    int version = 0;
    const auto [parsed, error] = std::from_chars(words[2].data(), end, version);
    if (error != std::errc() || parsed != end || version < 1) return {};
    if (!is_master && words[1] != "hash") return {};
    return Verb{.name = words[0],
                .purpose = is_master ? crypto::KeyPurpose::kMaster : crypto::KeyPurpose::kHash,
                .version = version};
}

OwnSettings Read(Settings& settings) {
    return {.key_file = settings.Required("BANGKIT_KEY_FILE"),
            .batch_max = settings.Number("BANGKIT_BATCH_MAX", 128, 2, 4'096),
            .retention_hours = settings.Number("BANGKIT_IDEMPOTENCY_HOURS", 168, 1, 8'760),
            .import_max_mib = settings.Number("BANGKIT_IMPORT_MAX_MIB", 512, 1, 65'536),
            .import_hours = settings.Number("BANGKIT_IMPORT_HOURS", 168, 1, 8'760)};
}

void MigrateTables(const service::Foundation& base) {
    postgres::Migrate(base.settings.migration_dsn,
                      {command::Migrations(), denials::Migrations(), messaging::Migrations(),
                       registration::Migrations()},
                      base.logger);
}

postgres::Connection Announced(const service::Foundation& base, const crypto::KeyRing& keys) {
    postgres::Connection connection(base.settings.dsn);
    registration::AnnounceKeys(connection, keys);
    return connection;
}

// Built in this order and destroyed in reverse: calls end first, then the writers, then the relay.
void Serve(const service::Foundation& base, const OwnSettings& own) {
    const service::CommonSettings& common = base.settings;
    const auto keys = crypto::KeyRing::Load(own.key_file, common.development);
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
    const command::RetentionSweeper sweeper(common.dsn, std::chrono::hours(own.retention_hours),
                                            base.logger);
    Wake relay_wake;
    const messaging::RelayThread relay({.dsn = common.dsn,
                                        .brokers = common.kafka,
                                        .topic = std::string(registration::kTopic),
                                        .source = "/bangkit/registration"},
                                       relay_wake, base.logger, base.metrics, base.failpoints);
    registration::RegistrationLoop loop(
        {.dsn = common.dsn,
         .name = "registrations",
         .batch_max = static_cast<std::size_t>(own.batch_max)},
        {.clock = base.clock,
         .logger = base.logger,
         .metrics = base.metrics,
         .failpoints = base.failpoints,
         .on_commit = [&relay_wake] { relay_wake.Ring(); }},
        [&keys] { return registration::RegistrationUnitOfWork(keys); });
    Wake import_wake;
    registration::ImportLoop import_loop({.dsn = common.dsn,
                                          .name = "imports",
                                          .batch_max = kPiecesInBatch,
                                          .bulk_queue_max = kPiecesWaiting},
                                         {.clock = base.clock,
                                          .logger = base.logger,
                                          .metrics = base.metrics,
                                          .failpoints = base.failpoints,
                                          .on_commit = [&import_wake] { import_wake.Ring(); }},
                                         [&keys, size_max = own.import_max_mib << 20] {
                                             return registration::ImportUnitOfWork(keys, size_max);
                                         });

    // Pages and single rows come along an index in its order, whatever the tables looked like when
    // the plan was made; a plan for every call would take as long as the call.
    postgres::Pool reads(common.dsn,
                         "SET statement_timeout = '5s'; SET plan_cache_mode = force_generic_plan;"
                         "SET enable_seqscan = off; SET enable_bitmapscan = off");
    const registration::PersonalDataQueries personal_data(reads, common.dsn, keys, base.logger);
    ThreadPool pool(kReadThreads, kReadsMax);

    registration::PersonalDataLoop personal_data_loop(
        {.dsn = common.dsn, .name = "personal_data"},
        {.clock = base.clock,
         .logger = base.logger,
         .metrics = base.metrics,
         .failpoints = base.failpoints,
         .on_commit = [&relay_wake] { relay_wake.Ring(); }},
        [&keys] { return registration::PersonalDataUnitOfWork(keys); });
    registration::SubjectRequestWatch watch(common.dsn, base.logger, base.metrics);
    watch.Start();

    denials::DenialLog denials(common.dsn, base.clock, base.logger);
    rpc::Calls calls(
        gate, pool, base.logger, base.metrics, postgres::Explain,
        [&denials](const rpc::CallEnd& end) {
            denials.Record({.actor = end.subject, .method = end.method, .reason = end.reason});
        });
    const registration::Checks checks(regions, base.clock);
    const registration::Queries queries(reads, keys);
    const std::chrono::hours import_retention(own.import_hours);
    registration::ImportMetrics import_metrics(base.metrics);
    const registration::ImportThread import_thread(
        {.dsn = common.dsn, .retention = import_retention},
        {.checks = checks,
         .keys = keys,
         .clock = base.clock,
         .logger = base.logger,
         .metrics = import_metrics,
         .failpoints = base.failpoints,
         .on_commit = [&relay_wake] { relay_wake.Ring(); }},
        import_wake);
    const registration::ImportQueries import_queries(reads, keys);
    registration::ImportHandler import_handler({.calls = calls,
                                                .loop = import_loop,
                                                .queries = import_queries,
                                                .keys = keys,
                                                .clock = base.clock,
                                                .retention = import_retention});
    const registration::HistoryQueries history(reads);
    const registration::Reads answers(queries, history, keys, regions);
    registration::RegistrationHandler handler(
        {.calls = calls, .loop = loop, .reads = answers, .checks = checks, .keys = keys});
    registration::PersonalDataHandler personal_data_handler({.calls = calls,
                                                             .loop = personal_data_loop,
                                                             .queries = personal_data,
                                                             .pool = pool,
                                                             .keys = keys,
                                                             .clock = base.clock});
    rpc::Server server(
        {.listen = common.listen, .development = common.development},
        {{registration::v1::RegistrationService::service_full_name(), &handler},
         {registration::v1::ImportService::service_full_name(), &import_handler},
         {registration::v1::PersonalDataService::service_full_name(), &personal_data_handler}},
        calls);
    const postgres::Watch database(common.dsn, base.logger,
                                   [&server](bool is_up) { server.SetHealthy(is_up); });
    const http::AdminServer admin(
        common.admin_listen, base.metrics,
        {{.name = "database", .why_not = [&database] { return database.WhyNotReady(); }}});
    base.logger.Info("listening", {{"port", std::to_string(server.port())},
                                   {"admin_port", std::to_string(admin.port())}});
    base.wait_for_stop();
}

// What an operator does to the database, while the service runs or stands still.

constexpr int kNeededByWhatMoves = 10;  // `rekey` moves it.
constexpr int kNeededByWhatStays = 11;
constexpr std::int64_t kRekeyBatch = 500;

void Rekey(const service::Foundation& base, const crypto::KeyRing& keys) {
    postgres::Connection connection = Announced(base, keys);
    const registration::RekeyCounts counts = registration::Rekey(connection, keys, kRekeyBatch);
    std::printf("owners %" PRId64 " rewrapped %" PRId64 " imports %" PRId64 " claimed %" PRId64
                " removed %" PRId64 "\n",
                counts.owners, counts.rewrapped, counts.imports, counts.claimed, counts.removed);
}

/// Says on standard output what needs a key, and lets processes start without it if nothing does.
int RetireKey(const service::Foundation& base, const crypto::KeyRing& keys,
              crypto::KeyPurpose purpose, int version, bool only_look) {
    postgres::Connection connection = Announced(base, keys);
    int code = 0;
    for (const registration::KeyNeed& need :
         registration::WhatNeedsKey(connection, purpose, version)) {
        std::printf("%s %" PRId64 "\n", need.what.c_str(), need.count);
        if (need.can_be_moved) code = kNeededByWhatMoves;
        if (code == 0) code = kNeededByWhatStays;
    }
    if (code != 0 || only_look) return code;
    postgres::Connection owner(base.settings.migration_dsn);
    if (registration::RetireKey(owner, purpose, version)) return 0;
    std::puts("a process that has not been restarted makes new things with it");
    return kNeededByWhatMoves;
}

void ReplayErasures(const service::Foundation& base, const crypto::KeyRing& keys) {
    MigrateTables(base);  // The backup may be older than this program.
    postgres::Connection connection = Announced(base, keys);
    const registration::ReplayCounts counts = registration::ReplayErasures(
        connection, keys, base.settings.kafka, std::string(registration::kTopic), base.logger);
    std::printf("events %" PRId64 " erased %" PRId64 " erased_already %" PRId64 " unknown %" PRId64
                "\n",
                counts.events, counts.erased, counts.erased_already, counts.unknown);
}

/// Returns the exit code.
int Maintain(const service::Foundation& base, const OwnSettings& own, const Verb& verb) {
    const auto keys = crypto::KeyRing::Load(own.key_file, base.settings.development);
    if (verb.name == "rekey") {
        Rekey(base, keys);
        return 0;
    }
    if (verb.name == "replay-erasures") {
        ReplayErasures(base, keys);
        return 0;
    }
    return RetireKey(base, keys, verb.purpose, verb.version, verb.name == "key-needs");
}

}  // namespace

int main(int argc, char** argv) {
    const std::optional<Verb> verb = ParseVerb({argv + 1, argv + argc});
    if (!verb) {
        std::fputs(
            "usage: bangkit-registration [rekey | replay-erasures | (key-needs | retire-key) "
            "(master | hash) "
            "VERSION]\n",
            stderr);
        return 2;
    }
    OwnSettings own;
    int code = 0;
    const int outcome = service::Run(
        "registration", [&own](Settings& settings, bool) { own = Read(settings); },
        [&](const service::Foundation& base) {
            if (verb->name.empty()) return Serve(base, own);
            code = Maintain(base, own, *verb);
        });
    return outcome == 0 ? code : outcome;
}
