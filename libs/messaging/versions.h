#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "libs/base/tracked.h"
#include "libs/messaging/projection.h"

namespace bangkit::messaging {

/// What became of an event.
struct Outcome {
    enum class Kind {
        kApplied,
        kCopy,     // Its version was applied before.
        kDropped,  // Its version is passed over, without any effect.
        kRefused,  // The projection could make no sense of it.
        kWaits,    // For a version before it.
    };
    Kind kind = Kind::kApplied;
    std::string error = {};  // Of those that are refused or wait.
    bool is_due = false;     // Waits no longer: its turn has come later in the same batch.

    bool IsParked() const { return kind == Kind::kRefused || kind == Kind::kWaits; }
};

/// The last applied versions of the aggregates of one transaction. They decide whose turn it is,
/// and whoever moves one finds out if somebody else has moved it meanwhile.
class Versions {
public:
    explicit Versions(std::string topic) : topic_(std::move(topic)) {}

    void Load(postgres::Transaction& transaction, std::span<const ReceivedEvent> events);
    /// Has the projection fold the event if it is its turn.
    Outcome Apply(const ReceivedEvent& event, Projection& projection);
    /// Passes over the event if it is its turn.
    Outcome Drop(const Envelope& envelope);
    /// The versions before this event never came, and are not waited for any more.
    void SkipTo(const Envelope& envelope);
    /// What an event that was not applied comes to be by the end of the batch.
    void Review(const Envelope& envelope, Outcome& outcome) const;
    /// Fails as a lost race if an aggregate has moved since Load(). What is parked behind those
    /// that move on, and may have its turn now, becomes due.
    void Save(postgres::Transaction& transaction) const;

private:
    struct Aggregate {
        std::string id;  // "<type>/<id>"
        std::int64_t version = 0;
        bool is_stored = false;  // Also those with nothing but parked records: in version 0.
        bool is_held = false;    // Something of it is parked, because of the version that it has.
    };

    Aggregate& Find(const Envelope& envelope);
    /// Whether an event has its turn, and if not, what it is.
    static bool IsItsTurn(const Envelope& envelope, Aggregate& aggregate, Outcome& outcome);

    const std::string topic_;
    Tracked<Aggregate> aggregates_;
};

}  // namespace bangkit::messaging
