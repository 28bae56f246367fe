#include "services/registration/events/erasure_replay.h"

#include <map>
#include <stdexcept>

#include "bangkit/registration/v1/registration_events.pb.h"
#include "libs/base/ids.h"
#include "libs/kafka/log_reader.h"
#include "services/registration/storage/erasure.h"

namespace bangkit::registration {
namespace {

constexpr int kAttemptsMax = 10;

/// When each owner was erased, by owner id.
std::map<std::string, Time> ReadErased(const std::string& brokers, const std::string& topic,
                                       Logger& logger, ReplayCounts& counts) {
    std::map<std::string, Time> erased;
    kafka::LogReader reader(brokers, topic, logger);
    reader.Read({}, reader.Ends(), [&](const kafka::Record& record) {
        if (record.Header("ce_type") != v1::OwnerDataErased::descriptor()->full_name()) return true;
        v1::OwnerDataErased event;
        const bool is_event = event.ParseFromString(record.payload);
        const std::optional<std::string> owner_id = ParseUuid(event.owner_id());
        if (!is_event || !owner_id) {
            logger.Warning("erasure_not_understood", {});
            return true;
        }
        ++counts.events;
        erased.try_emplace(*owner_id, std::chrono::seconds(event.occurred_at().seconds()));
        return true;
    });
    return erased;
}

void EraseAgain(postgres::Connection& connection, const crypto::KeyRing& keys,
                const std::string& owner_id, Time at, ReplayCounts& counts) {
    postgres::UuidArray ids;
    ids.Add(owner_id);
    postgres::TimeArray times;
    times.Add(at);
    postgres::Transaction transaction(connection);
    Erasure erasure(keys);
    erasure.Load(transaction, ids);
    const ErasableOwner* owner = erasure.Find(owner_id);
    if (!erasure.HasAllKeys()) throw std::runtime_error("the key file lacks a key that is in use");
    if (owner == nullptr) {
        ++counts.unknown;
        return;
    }
    if (owner->standing.is_erased) {
        ++counts.erased_already;
        return;
    }
    // Files that came back with the owner are from before.
    erasure.Erase(owner_id, at, FilesDestroyedBy(at, at));
    erasure.Save(transaction, at);
    transaction.Queue(
        "UPDATE subject_requests SET state = 2, closed_at = ($2::timestamptz[])[1],"
        "                            closed_by = 'replay'"
        " WHERE owner_id = $1::text::uuid AND kind = 1 AND state = 1",
        {owner_id, times});
    transaction.Commit();
    ++counts.erased;
}

}  // namespace

ReplayCounts ReplayErasures(postgres::Connection& connection, const crypto::KeyRing& keys,
                            const std::string& brokers, const std::string& topic, Logger& logger) {
    connection.RunScript("SET bangkit.regions = '*'");
    ReplayCounts counts;
    for (const auto& [owner_id, at] : ReadErased(brokers, topic, logger, counts)) {
        for (int attempt = 1;; ++attempt) {
            try {
                EraseAgain(connection, keys, owner_id, at, counts);
                break;
            } catch (const postgres::SqlError& error) {
                if (!error.IsLostRace() || attempt == kAttemptsMax) throw;
            }
        }
    }
    return counts;
}

}  // namespace bangkit::registration
