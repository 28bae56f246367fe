#include "services/registration/maintenance.h"

#include <cinttypes>
#include <cstdio>

#include "gen/command_migrations.h"
#include "gen/denials_migrations.h"
#include "gen/messaging_migrations.h"
#include "gen/registration_migrations.h"
#include "services/registration/events/erasure_replay.h"
#include "services/registration/storage/key_versions.h"
#include "services/registration/storage/mapping.h"
#include "services/registration/storage/rekey.h"

namespace bangkit::registration {
namespace {

constexpr std::int64_t kRekeyBatch = 500;

void Rekey(const service::Foundation& base, const crypto::KeyRing& keys) {
    postgres::Connection connection = Announced(base, keys);
    const RekeyCounts counts = registration::Rekey(connection, keys, kRekeyBatch);
    std::printf("owners %" PRId64 " rewrapped %" PRId64 " imports %" PRId64 " kept %" PRId64
                " claimed %" PRId64 " removed %" PRId64 "\n",
                counts.owners, counts.rewrapped, counts.imports, counts.kept, counts.claimed,
                counts.removed);
}

int RetireKey(const service::Foundation& base, const crypto::KeyRing& keys, const Verb& verb) {
    postgres::Connection connection = Announced(base, keys);
    const std::vector<KeyNeed> needs = WhatNeedsKey(connection, verb.purpose, verb.version);
    return rotation::RetireKey(verb, needs, [&] {
        postgres::Connection owner(base.settings.migration_dsn);
        return registration::RetireKey(owner, verb.purpose, verb.version);
    });
}

void ReplayErasures(const service::Foundation& base, const crypto::KeyRing& keys) {
    MigrateTables(base);  // The backup may be older than this program.
    postgres::Connection connection = Announced(base, keys);
    const ReplayCounts counts = registration::ReplayErasures(connection, keys, base.settings.kafka,
                                                             std::string(kTopic), base.logger);
    std::printf("events %" PRId64 " erased %" PRId64 " erased_already %" PRId64 " unknown %" PRId64
                "\n",
                counts.events, counts.erased, counts.erased_already, counts.unknown);
}

}  // namespace

std::optional<Verb> ParseVerb(const std::vector<std::string>& words) {
    return rotation::ParseVerb(words, {"replay-erasures"});
}

void MigrateTables(const service::Foundation& base) {
    postgres::Migrate(
        base.settings.migration_dsn,
        {command::Migrations(), denials::Migrations(), messaging::Migrations(), Migrations()},
        base.logger);
}

postgres::Connection Announced(const service::Foundation& base, const crypto::KeyRing& keys) {
    postgres::Connection connection(base.settings.dsn);
    AnnounceKeys(connection, keys);
    return connection;
}

int Maintain(const service::Foundation& base, const crypto::KeyRing& keys, const Verb& verb) {
    if (verb.name == "rekey") {
        Rekey(base, keys);
    } else if (verb.name == "replay-erasures") {
        ReplayErasures(base, keys);
    } else {
        return RetireKey(base, keys, verb);
    }
    return 0;
}

}  // namespace bangkit::registration
