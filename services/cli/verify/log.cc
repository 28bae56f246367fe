#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

#include "libs/indonesia/format.h"
#include "libs/messaging/envelope.h"
#include "libs/messaging/parked_records.h"
#include "services/cli/verify/invariant.h"

namespace bangkit::cli {
namespace {

/// What was seen of one business, or need.
struct Seen {
    std::int64_t version_in_registry = 0;  // 0: it is not there.
    std::int64_t version_in_log = 0;
    std::int32_t partition = -1;
};
using Aggregates = std::unordered_map<std::string, Seen>;

Aggregates ReadRegistry(postgres::Connection& registration) {
    const postgres::Rows rows = registration.Run(
        "SELECT business_id, version FROM businesses"
        " UNION ALL SELECT need_id, version FROM needs");
    Aggregates aggregates;
    aggregates.reserve(static_cast<std::size_t>(rows.size()));
    for (int i = 0; i < rows.size(); ++i) {
        aggregates[rows.Uuid(i, 0)].version_in_registry = rows.Int64(i, 1);
    }
    return aggregates;
}

std::string PlaceOf(const kafka::Record& record) {
    return "partition " + std::to_string(record.partition) + " offset " +
           std::to_string(record.offset);
}

void CheckRecord(const kafka::Record& record, Aggregates& aggregates, Finding& finding) {
    const Result<messaging::Envelope> envelope = messaging::ParseEnvelope(record);
    if (!envelope) return finding.Add(PlaceOf(record) + " holds no event of ours");
    const std::string& type = envelope->aggregate_type;
    if (type != "business" && type != "need") return;
    Seen& seen = aggregates[envelope->aggregate_id];
    const std::string event =
        "version " + std::to_string(envelope->version) + " of " + envelope->aggregate_id;
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

}  // namespace

Finding CheckLog(System& system) {
    Finding finding;
    Aggregates aggregates = ReadRegistry(system.registration());
    std::int64_t events = 0;
    system.log().Read({}, system.log().Ends(), [&](const kafka::Record& record) {
        CheckRecord(record, aggregates, finding);
        ++events;
        return true;
    });
    for (const auto& [id, seen] : aggregates) {
        if (seen.version_in_log == seen.version_in_registry) continue;
        finding.Add(id + " has version " + std::to_string(seen.version_in_registry) +
                    " in the registry and " + std::to_string(seen.version_in_log) + " in the log");
    }
    finding.SetLookedAt(indonesia::FormatNumber(events) + " events of " +
                        indonesia::FormatNumber(std::ssize(aggregates)) + " businesses and needs");
    return finding;
}

Finding CheckParked(System& system) {
    constexpr std::int64_t kMax = 1'000;  // With what they hold; the first ones stand for all.
    Finding finding;
    std::map<messaging::RecordPlace, kafka::Record> parked;
    kafka::Offsets from = system.log().Ends(), to;  // Of each partition, what spans its records.
    for (auto& each :
         messaging::FindParked(system.dashboard(), {.topic = kRegistrationTopic}, kMax, true)) {
        const messaging::RecordPlace place{each.record.partition, each.record.offset};
        from[place.partition] = std::min(from[place.partition], place.offset);
        to[place.partition] = std::max(to[place.partition], place.offset + 1);
        parked.emplace(place, std::move(each.record));
    }
    finding.SetLookedAt(indonesia::FormatNumber(std::ssize(parked)) + " parked records");
    if (parked.empty()) return finding;
    system.log().Read(from, to, [&](const kafka::Record& record) {
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

Finding CheckOffsets(System& system) {
    Finding finding;
    const kafka::Offsets ends = system.log().Ends();
    const postgres::Rows rows = system.dashboard().Run(
        "SELECT partition, next_offset FROM inbox_offsets WHERE topic = 'bangkit.registration.v1'");
    kafka::Offsets offsets;
    for (int i = 0; i < rows.size(); ++i) {
        offsets[static_cast<std::int32_t>(rows.Int64(i, 0))] = rows.Int64(i, 1);
    }
    for (const auto& [partition, end] : ends) {
        const auto found = offsets.find(partition);
        const std::int64_t offset = found == offsets.end() ? 0 : found->second;
        if (offset == end) continue;
        finding.Add("partition " + std::to_string(partition) + " ends at " + std::to_string(end) +
                    ", the dashboard is at " + std::to_string(offset));
    }
    finding.SetLookedAt(indonesia::FormatNumber(std::ssize(ends)) + " partitions");
    return finding;
}

}  // namespace bangkit::cli
