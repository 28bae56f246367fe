#include "services/aid/maintenance.h"

#include <cinttypes>
#include <cstdio>
#include <string>
#include <vector>

#include "libs/indonesia/format.h"
#include "services/aid/storage/key_versions.h"
#include "services/aid/storage/rekey.h"

namespace bangkit::aid {
namespace {

constexpr std::int64_t kRekeyBatch = 500;
constexpr std::chrono::days kLongestDeadline{120};  // 60 working days, with room.

}  // namespace

postgres::Connection Announced(const service::Foundation& base, const crypto::KeyRing& keys) {
    postgres::Connection connection(base.settings.dsn);
    rotation::AnnounceKeys(connection, keys);
    return connection;
}

void WarnOfUnknownYears(const service::Foundation& base, const indonesia::WorkingDays& calendar) {
    using std::chrono::year_month_day;
    const Date today = indonesia::LocalDate(base.clock.Now());
    const auto last = year_month_day(today + kLongestDeadline).year();
    for (auto year = year_month_day(today).year(); year <= last; ++year) {
        if (calendar.IsKnown(year)) continue;
        base.logger.Warning("days_off_unknown", {{"year", std::to_string(static_cast<int>(year))}});
    }
}

int Maintain(const service::Foundation& base, const crypto::KeyRing& keys,
             const rotation::Verb& verb) {
    postgres::Connection connection = Announced(base, keys);
    if (verb.name == "rekey") {
        const RekeyCounts counts = Rekey(connection, keys, kRekeyBatch);
        std::printf("rewrapped %" PRId64 " households %" PRId64 "\n", counts.rewrapped,
                    counts.households);
        return 0;
    }
    const std::vector<rotation::KeyNeed> needs =
        WhatNeedsKey(connection, verb.purpose, verb.version);
    return rotation::RetireKey(verb, needs, [&] {
        postgres::Connection owner(base.settings.migration_dsn);
        return RetireKey(owner, verb.purpose, verb.version);
    });
}

}  // namespace bangkit::aid
