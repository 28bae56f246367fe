#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "libs/base/clock.h"

namespace bangkit::registration {

// How statements that were taken down without network, and arrive in any order, become one state.
// Nothing here knows of fields or devices but that they have names and that values can be equal.

/// Names a write for ever. Those of the registry itself (a desk, a file) have no device, and a
/// sequence in the order in which they were made.
struct WriteId {
    std::string device_id;
    std::int64_t sequence = 0;
    auto operator<=>(const WriteId&) const = default;
};

/// Later wins, between those who knew nothing of each other.
struct Stamp {
    Time captured_at;
    WriteId id;
    auto operator<=>(const Stamp&) const = default;
};

/// A capture time as far as it can be true.
struct CaptureTime {
    Time at;
    bool is_suspect = false;
};
/// Clocks of devices are wrong: more than kClockTolerance later than it arrived, or before there
/// was anything to capture, becomes the nearest time that is possible.
CaptureTime Bounded(Time captured_at, Time received_at);
inline constexpr std::chrono::minutes kClockTolerance{5};
inline constexpr Date kFirstCapture = std::chrono::year(2020) / 1 / 1;

/// One value that somebody gave a field.
struct FieldWrite {
    Stamp stamp;
    std::optional<WriteId> saw = {};  // The write whose value they had before them, if it is known.
    std::string value = {};
    std::string business_id = {};  // By which it came: an owner may have several.
    std::int64_t version = 0;      // Of that business, from which on the registry had it; 0: never.
    std::string blocked = {};      // Why the registry could not take it; empty: it could.
    bool is_decided = false;       // Somebody has decided against it.
};

/// What arrives from a device for one field.
struct Arrival {
    Stamp stamp;
    std::string business_id;
    std::int64_t base_version = 0;  // Of the business as the device showed it; 0: not shown.
    std::string value;
};

/// What the registry has when it arrives, and who gave it that.
struct PresentValue {
    std::string value;
    Stamp stamp;               // Of whoever set it,
    std::string business_id;   // by way of this business,
    std::int64_t version = 0;  // of which that made this version.
};

/// All writes to one field of one business, or of one owner.
///
/// A write knows of another if its author had that value before them, whoever had said it (unless
/// that one had this one's before them: then neither knows), or if it is a later one of the same
/// device. Whom nobody knows of is a head. Of the heads the one with the greatest stamp is
/// the present value; other heads are open, unless their value is the same, or its author had it
/// before them or said it earlier. All this is a function of the set of writes: the order in which
/// they arrive does not matter, nor does how often.
class FieldHistory {
public:
    /// Nothing if it is there already.
    void Add(const FieldWrite& write);
    /// Adds what arrives, and before it what the registry has got from elsewhere since; returns the
    /// present write. `present`: nullopt if the registry has nothing there at all. `now_version`:
    /// of the arrival's business.
    const FieldWrite& Take(const Arrival& arrival, const std::optional<PresentValue>& present,
                           std::int64_t now_version);

    /// nullptr: nothing that counts is there.
    const FieldWrite* Present() const;
    /// What somebody has to decide, one write for each value, in the order of their stamps.
    std::vector<WriteId> Open() const;
    bool Contains(const WriteId& id) const { return writes_.contains(id); }
    const std::map<WriteId, FieldWrite>& writes() const { return writes_; }

    /// The registry has its value since this version of the business by which it came.
    void SetVersion(const WriteId& id, std::int64_t version);
    void Block(const WriteId& id, std::string reason) {
        writes_.at(id).blocked = std::move(reason);
    }
    /// Somebody has decided against this value, whoever wrote it.
    void DecideAgainst(const std::string& value);

private:
    /// The write by which the registry had its value in that version.
    std::optional<WriteId> HeldAt(const std::string& business_id, std::int64_t version) const;
    /// nullptr: none that is known.
    const FieldWrite* SeenBy(const FieldWrite& write) const;
    /// Those whom nobody knows of, as it says above.
    std::vector<const FieldWrite*> Heads() const;
    /// `others`: all who saw its value.
    bool IsSeenAsValue(const FieldWrite& write, const std::vector<const FieldWrite*>& others) const;
    /// Its value, and those that its author had before them or said earlier.
    std::set<std::string> KnownTo(const FieldWrite& write) const;
    /// Whom it knows of, they know of ..., by what each of them saw and as later ones of a device.
    std::set<WriteId> Reached(const FieldWrite& write) const;

    std::map<WriteId, FieldWrite> writes_;
};

}  // namespace bangkit::registration
