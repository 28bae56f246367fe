#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

#include "bangkit/training/v1/course_events.pb.h"
#include "libs/indonesia/format.h"
#include "libs/messaging/envelope.h"
#include "libs/messaging/parked_records.h"
#include "services/cli/verify/facts.h"

namespace bangkit::cli {
namespace {

/// What was seen of one aggregate.
struct Seen {
    std::int64_t version_in_tables = 0;  // 0: it is not there.
    std::int64_t version_in_log = 0;
    std::int32_t partition = -1;
};
/// By type and id: a nominee has the id of its application.
using Aggregates = std::unordered_map<std::string, Seen>;

Aggregates ReadTables(System& system, const Source& source) {
    const postgres::Rows rows = system.Database(source.database).Run(source.versions);
    Aggregates aggregates;
    aggregates.reserve(static_cast<std::size_t>(rows.size()));
    for (int i = 0; i < rows.size(); ++i) {
        aggregates[rows.Text(i, 0) + '/' + rows.Uuid(i, 1)].version_in_tables = rows.Int64(i, 2);
    }
    return aggregates;
}

std::string PlaceOf(const kafka::Record& record) {
    return "partition " + std::to_string(record.partition) + " offset " +
           std::to_string(record.offset);
}

void CheckRecord(const kafka::Record& record, const Source& source, Aggregates& aggregates,
                 Finding& finding) {
    const Result<messaging::Envelope> envelope = messaging::ParseEnvelope(record);
    if (!envelope) return finding.Add(PlaceOf(record) + " holds no event of ours");
    if (!source.types.contains("'" + envelope->aggregate_type + "'")) return;
    const std::string aggregate = envelope->aggregate_type + '/' + envelope->aggregate_id;
    Seen& seen = aggregates[aggregate];
    const std::string event = "version " + std::to_string(envelope->version) + " of " + aggregate;
    if (record.key != envelope->aggregate_id) finding.Add(event + " has another key");
    if (seen.partition >= 0 && seen.partition != record.partition) {
        finding.Add(event + " lies in another partition than those before");
    }
    seen.partition = record.partition;
    if (envelope->version <= seen.version_in_log) return;  // A copy: the relay sends at least once.
    if (envelope->version != seen.version_in_log + 1) {
        finding.Add(event + " follows version " + std::to_string(seen.version_in_log));
    }
    seen.version_in_log = envelope->version;
}

/// How far a service has followed a topic.
kafka::Offsets FollowedBy(postgres::Connection& connection, std::string_view topic) {
    const postgres::Rows rows = connection.Run(
        "SELECT partition, next_offset FROM inbox_offsets WHERE topic = $1::text", {topic});
    kafka::Offsets offsets;
    for (int i = 0; i < rows.size(); ++i) {
        offsets[static_cast<std::int32_t>(rows.Int64(i, 0))] = rows.Int64(i, 1);
    }
    return offsets;
}

}  // namespace

Finding CheckLog(System& system, const Source& source) {
    Finding finding;
    Aggregates aggregates = ReadTables(system, source);
    std::int64_t events = 0;
    kafka::LogReader& log = system.Log(source);
    log.Read({}, log.Ends(), [&](const kafka::Record& record) {
        CheckRecord(record, source, aggregates, finding);
        ++events;
        return true;
    });
    for (const auto& [aggregate, seen] : aggregates) {
        if (seen.version_in_log == seen.version_in_tables) continue;
        finding.Add(aggregate + " has version " + std::to_string(seen.version_in_tables) +
                    " in the tables and " + std::to_string(seen.version_in_log) + " in the log");
    }
    finding.SetLookedAt(indonesia::FormatNumber(events) + " events of " +
                        indonesia::FormatNumber(std::ssize(aggregates)) + " aggregates");
    return finding;
}

Finding CheckAppliedVersions(System& system, const Follower& follower) {
    const Source& source = follower.source;
    const std::string types = " IN (" + std::string(source.types) + ")";
    return Compare(ReadFacts(system.Database(source.database),
                             "SELECT concat(type, '/', id), version::text FROM (" +
                                 std::string(source.versions) + ") AS published"),
                   ReadFacts(system.Database(follower.database),
                             "SELECT concat(aggregate_type, '/', aggregate_id), last_version::text"
                             "  FROM inbox_versions WHERE last_version > 0 AND topic = '" +
                                 std::string(source.topic) + "' AND aggregate_type" + types),
                   "versions");
}

Finding CheckParked(System& system, const Follower& follower) {
    constexpr std::int64_t kMax = 1'000;  // With what they hold; the first ones stand for all.
    Finding finding;
    std::map<messaging::RecordPlace, kafka::Record> parked;
    kafka::LogReader& log = system.Log(follower.source);
    kafka::Offsets from = log.Ends(), to;  // Of each partition, what spans its records.
    for (auto& each :
         messaging::FindParked(system.Database(follower.database),
                               {.topic = std::string(follower.source.topic)}, kMax, true)) {
        const messaging::RecordPlace place{each.record.partition, each.record.offset};
        from[place.partition] = std::min(from[place.partition], place.offset);
        to[place.partition] = std::max(to[place.partition], place.offset + 1);
        parked.emplace(place, std::move(each.record));
    }
    finding.SetLookedAt(indonesia::FormatNumber(std::ssize(parked)) + " parked records");
    if (parked.empty()) return finding;
    log.Read(from, to, [&](const kafka::Record& record) {
        const auto kept = parked.find({record.partition, record.offset});
        if (kept == parked.end()) return true;
        if (kept->second.key == record.key && kept->second.headers == record.headers &&
            kept->second.payload == record.payload) {
            parked.erase(kept);
        }
        return true;
    });
    for (const auto& [place, record] : parked)
        finding.Add(PlaceOf(record) + " lies otherwise in the log");
    return finding;
}

Finding CheckOffsets(System& system, const Follower& follower) {
    Finding finding;
    const kafka::Offsets ends = system.Log(follower.source).Ends();
    const kafka::Offsets offsets =
        FollowedBy(system.Database(follower.database), follower.source.topic);
    for (const auto& [partition, end] : ends) {
        const auto found = offsets.find(partition);
        const std::int64_t offset = found == offsets.end() ? 0 : found->second;
        if (offset == end) continue;
        finding.Add("partition " + std::to_string(partition) + " ends at " + std::to_string(end) +
                    ", " + std::string(follower.database) + " is at " + std::to_string(offset));
    }
    finding.SetLookedAt(indonesia::FormatNumber(std::ssize(ends)) + " partitions");
    return finding;
}

Finding CheckCompletions(System& system, const Source& training) {
    postgres::Connection& aid = system.Database("aid");
    Facts completed;
    system.Log(training).Read(
        {}, FollowedBy(aid, training.topic), [&](const kafka::Record& record) {
            training::v1::CourseCompleted message;
            if (record.Header("ce_type") != message.GetDescriptor()->full_name() ||
                !message.ParseFromString(record.payload)) {
                return true;
            }
            const training::v1::EnrolmentStatistics& what = message.statistics();
            completed.emplace("enrolment/" + message.enrolment_id(),
                              what.business_id() + " by " + what.course_id() + " of topic " +
                                  std::to_string(what.topic()));
            return true;
        });
    return Compare(completed,
                   ReadFacts(aid,
                             "SELECT concat('enrolment/', enrolment_id),"
                             "       concat(business_id, ' by ', course_id, ' of topic ', topic)"
                             "  FROM entitlements"),
                   "completed courses");
}

}  // namespace bangkit::cli
