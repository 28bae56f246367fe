#include "services/registration/maintenance.h"

#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <system_error>

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

constexpr int kNeededByWhatMoves = 10;  // `rekey` moves it.
constexpr int kNeededByWhatStays = 11;
constexpr std::int64_t kRekeyBatch = 500;

void Rekey(const service::Foundation& base, const crypto::KeyRing& keys) {
    postgres::Connection connection = Announced(base, keys);
    const RekeyCounts counts = registration::Rekey(connection, keys, kRekeyBatch);
    std::printf("owners %" PRId64 " rewrapped %" PRId64 " imports %" PRId64 " kept %" PRId64
                " claimed %" PRId64 " removed %" PRId64 "\n",
                counts.owners, counts.rewrapped, counts.imports, counts.kept, counts.claimed,
                counts.removed);
}

/// Says on standard output what needs a key, and lets processes start without it if nothing does.
int RetireKey(const service::Foundation& base, const crypto::KeyRing& keys, const Verb& verb) {
    postgres::Connection connection = Announced(base, keys);
    int code = 0;
    for (const KeyNeed& need : WhatNeedsKey(connection, verb.purpose, verb.version)) {
        std::printf("%s %" PRId64 "\n", need.what.c_str(), need.count);
        if (need.can_be_moved) code = kNeededByWhatMoves;
        if (code == 0) code = kNeededByWhatStays;
    }
    const bool only_looks = verb.name == "key-needs";
    if (code != 0 || only_looks) return code;
    postgres::Connection owner(base.settings.migration_dsn);
    if (registration::RetireKey(owner, verb.purpose, verb.version)) return 0;
    std::puts("a process that has not been restarted makes new things with it");
    return kNeededByWhatMoves;
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
