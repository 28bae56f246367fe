#include "services/cli/verify/system.h"

#include <thread>

#include "libs/indonesia/format.h"

namespace bangkit::cli {
namespace {

using indonesia::FormatNumber;

constexpr std::chrono::milliseconds kBetweenLooks{200};

// For joins of whole tables right after much has been written: the planner still takes them for
// small, and a nested loop would run for hours.
constexpr const char* kForWholeTables =
    "SET enable_nestloop = off; SET work_mem = '64MB'; SET jit = off;";

std::int64_t Number(postgres::Connection& connection, const char* sql,
                    postgres::Params params = {}) {
    return connection.Run(sql, params).Int64(0, 0);
}

/// Events in the log that the follower has not applied. Asked of Kafka itself, as the follower may
/// be down.
std::int64_t UnappliedEvents(System& system, const Follower& follower) {
    std::int64_t events = 0;
    for (const auto& [partition, end] : system.Log(follower.source).Ends()) events += end;
    return events - Number(system.Database(follower.database),
                           "SELECT coalesce(sum(next_offset), 0)::bigint FROM inbox_offsets"
                           " WHERE topic = $1::text",
                           {follower.source.topic});
}

std::string WhatIsUnderWay(System& system, const Follower& follower) {
    const std::string of = " by " + std::string(follower.database);
    postgres::Connection& database = system.Database(follower.database);
    if (const auto waiting = UnappliedEvents(system, follower); waiting > 0) {
        return FormatNumber(waiting) + " events to be applied" + of;
    }
    const auto due =
        Number(database, "SELECT count(*) FROM inbox_parked WHERE is_due AND topic = $1::text",
               {follower.source.topic});
    if (due > 0) return FormatNumber(due) + " parked events to be looked at again" + of;
    const auto behind = Number(
        database,
        "SELECT count(*) FROM inbox_offsets WHERE lag IS DISTINCT FROM 0 AND topic = $1::text",
        {follower.source.topic});
    return behind > 0 ? FormatNumber(behind) + " partitions to be seen at their end" + of : "";
}

std::string WhatIsUnderWay(System& system) {
    for (const Source* source : kSources) {
        const auto waiting =
            Number(system.Database(source->database), "SELECT count(*) FROM outbox");
        if (waiting > 0) {
            return FormatNumber(waiting) + " events to be published by " +
                   std::string(source->database);
        }
    }
    for (const Follower& follower : kFollowers) {
        if (std::string waits = WhatIsUnderWay(system, follower); !waits.empty()) return waits;
    }
    postgres::Connection& dashboard = system.Database("dashboard");
    if (Number(dashboard, "SELECT count(*) FROM read_model WHERE NOT is_complete") > 0) {
        return "the read model to be completed";
    }
    const auto dirty = Number(dashboard, "SELECT count(*) FROM dirty_dashboards");
    return dirty > 0 ? FormatNumber(dirty) + " dashboards to be rendered" : "";
}

}  // namespace

postgres::Connection& System::Database(std::string_view service) {
    if (const auto known = databases_.find(service); known != databases_.end()) {
        return known->second;
    }
    postgres::Connection& connection =
        databases_.try_emplace(std::string(service), session_.Setting(DsnSetting(service)))
            .first->second;
    connection.RunScript("SET bangkit.regions = '*'");  // Row-level security.
    connection.RunScript(kForWholeTables);
    return connection;
}

kafka::LogReader& System::Log(const Source& source) {
    return logs_
        .try_emplace(std::string(source.topic), session_.Setting("KAFKA"),
                     std::string(source.topic), session_.logger())
        .first->second;
}

std::string AwaitDrain(System& system, std::chrono::seconds limit, ProgressLine& line) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    for (;;) {
        std::string under_way = WhatIsUnderWay(system);
        if (under_way.empty() || std::chrono::steady_clock::now() >= deadline) return under_way;
        line.Show("waiting for " + under_way);
        std::this_thread::sleep_for(kBetweenLooks);
    }
}

}  // namespace bangkit::cli
