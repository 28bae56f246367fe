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

std::int64_t Number(postgres::Connection& connection, const char* sql) {
    return connection.Run(sql).Int64(0, 0);
}

/// Events in the log that the dashboard has not applied. Asked of Kafka itself, as the dashboard
/// may be down.
std::int64_t UnappliedEvents(System& system) {
    std::int64_t events = 0;
    for (const auto& [partition, end] : system.log().Ends()) events += end;
    return events - Number(system.dashboard(),
                           "SELECT coalesce(sum(next_offset), 0)::bigint FROM inbox_offsets"
                           " WHERE topic = 'bangkit.registration.v1'");
}

std::string WhatIsUnderWay(System& system) {
    if (const auto waiting = Number(system.registration(), "SELECT count(*) FROM outbox")) {
        return FormatNumber(waiting) + " events to be published";
    }
    if (const auto waiting = UnappliedEvents(system); waiting > 0) {
        return FormatNumber(waiting) + " events to be applied";
    }
    if (const auto due =
            Number(system.dashboard(), "SELECT count(*) FROM inbox_parked WHERE is_due");
        due > 0) {
        return FormatNumber(due) + " parked events to be looked at again";
    }
    const auto behind = Number(system.dashboard(),
                               "SELECT count(*) FROM inbox_offsets WHERE lag IS DISTINCT FROM 0");
    if (behind > 0) return FormatNumber(behind) + " partitions to be seen at their end";
    if (Number(system.dashboard(), "SELECT count(*) FROM read_model WHERE NOT is_complete") > 0) {
        return "the read model to be completed";
    }
    const auto dirty = Number(system.dashboard(), "SELECT count(*) FROM dirty_dashboards");
    return dirty > 0 ? FormatNumber(dirty) + " dashboards to be rendered" : "";
}

}  // namespace

postgres::Connection& System::registration() {
    if (!registration_) {
        registration_.emplace(session_.Setting("REGISTRATION_DSN"));
        registration_->RunScript("SET bangkit.regions = '*'");  // Row-level security.
        registration_->RunScript(kForWholeTables);
    }
    return *registration_;
}

postgres::Connection& System::dashboard() {
    if (!dashboard_) {
        dashboard_.emplace(session_.Setting("DASHBOARD_DSN"));
        dashboard_->RunScript(kForWholeTables);
    }
    return *dashboard_;
}

kafka::LogReader& System::log() {
    if (!log_) log_.emplace(session_.Setting("KAFKA"), kRegistrationTopic, session_.logger());
    return *log_;
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
