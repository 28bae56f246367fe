#include "services/registration/domain/intake.h"

#include <algorithm>
#include <set>

namespace bangkit::registration {
namespace {

bool IsAlive(const FieldWrite& write) { return write.blocked.empty() && !write.is_decided; }

}  // namespace

CaptureTime Bounded(Time captured_at, Time received_at) {
    if (captured_at > received_at + kClockTolerance) return {received_at, true};
    if (captured_at < kFirstCapture) return {kFirstCapture, true};
    return {captured_at, false};
}

void FieldHistory::Add(const FieldWrite& write) { writes_.try_emplace(write.stamp.id, write); }

const FieldWrite& FieldHistory::Take(const Arrival& arrival,
                                     const std::optional<PresentValue>& present,
                                     std::int64_t now_version) {
    const FieldWrite* known = Present();
    if (present && (known == nullptr || known->value != present->value)) {
        Add({.stamp = present->stamp,
             .saw = HeldAt(present->business_id, present->version - 1),
             .value = present->value,
             .business_id = present->business_id,
             .version = present->version});
    }
    Add({.stamp = arrival.stamp,
         .saw = HeldAt(arrival.business_id, arrival.base_version),
         .value = arrival.value,
         .business_id = arrival.business_id});
    const FieldWrite& now = *Present();
    // Who states what the registry has already has it confirmed.
    if (present && now.value == present->value && now.version == 0) {
        SetVersion(now.stamp.id, now_version);
    }
    return now;
}

void FieldHistory::SetVersion(const WriteId& id, std::int64_t version) {
    FieldWrite& write = writes_.at(id);
    write.version = version;
    write.blocked.clear();
}

const FieldWrite* FieldHistory::Present() const {
    const FieldWrite* present = nullptr;
    const FieldWrite* last = nullptr;  // If devices lie about what they saw, there may be no head.
    const auto is_after = [](const FieldWrite& write, const FieldWrite* other) {
        return other == nullptr || write.stamp > other->stamp;
    };
    for (const auto& [id, write] : writes_) {
        if (IsAlive(write) && is_after(write, last)) last = &write;
    }
    for (const FieldWrite* head : Heads()) {
        if (IsAlive(*head) && is_after(*head, present)) present = head;
    }
    return present == nullptr ? last : present;
}

std::vector<WriteId> FieldHistory::Open() const {
    std::set<std::string> settled;
    if (const FieldWrite* present = Present()) {
        settled = KnownTo(*present);
    }
    std::map<std::string, Stamp> open;
    for (const FieldWrite* head : Heads()) {
        if (head->is_decided || settled.contains(head->value)) continue;
        Stamp& last = open.try_emplace(head->value, head->stamp).first->second;
        last = std::max(last, head->stamp);
    }
    std::vector<Stamp> stamps;
    for (const auto& [value, stamp] : open) stamps.push_back(stamp);
    std::ranges::sort(stamps);
    std::vector<WriteId> ids;
    for (const Stamp& stamp : stamps) ids.push_back(stamp.id);
    return ids;
}

void FieldHistory::DecideAgainst(const std::string& value) {
    for (auto& [id, write] : writes_) {
        if (write.value == value) write.is_decided = true;
    }
}

std::optional<WriteId> FieldHistory::HeldAt(const std::string& business_id,
                                            std::int64_t version) const {
    const FieldWrite* held = nullptr;
    for (const auto& [id, write] : writes_) {
        if (write.business_id != business_id) continue;
        if (write.version == 0 || write.version > version) continue;
        const bool is_newer = held == nullptr || std::pair(write.version, write.stamp) >
                                                     std::pair(held->version, held->stamp);
        if (is_newer) held = &write;
    }
    if (held == nullptr) return std::nullopt;
    return held->stamp.id;
}

const FieldWrite* FieldHistory::SeenBy(const FieldWrite& write) const {
    const auto seen = write.saw ? writes_.find(*write.saw) : writes_.end();
    return seen == writes_.end() ? nullptr : &seen->second;
}

// Whoever could not be taken hides nobody: who knows whether it will ever count.
std::vector<const FieldWrite*> FieldHistory::Heads() const {
    std::set<WriteId> seen;
    std::map<std::string, std::int64_t> last_sequences;             // By device.
    std::map<std::string, std::vector<const FieldWrite*>> by_seen;  // By the value they saw.
    for (const auto& [id, write] : writes_) {
        if (!write.blocked.empty()) continue;
        last_sequences[id.device_id] = id.sequence;  // In their order.
        if (const FieldWrite* other = SeenBy(write)) {
            seen.insert(other->stamp.id);
            by_seen[other->value].push_back(&write);
        }
    }
    std::vector<const FieldWrite*> heads;
    for (const auto& [id, write] : writes_) {
        const auto last = last_sequences.find(id.device_id);
        const bool is_last = last == last_sequences.end() || id.sequence >= last->second;
        if (!is_last || seen.contains(id)) continue;
        const auto others = by_seen.find(write.value);
        if (others == by_seen.end() || !IsSeenAsValue(write, others->second)) {
            heads.push_back(&write);
        }
    }
    return heads;
}

bool FieldHistory::IsSeenAsValue(const FieldWrite& write,
                                 const std::vector<const FieldWrite*>& others) const {
    const FieldWrite* before = SeenBy(write);
    std::set<WriteId> reached;
    return std::ranges::any_of(others, [&](const FieldWrite* other) {
        if (before != nullptr && before->value == other->value)
            return false;  // Each saw the other.
        if (reached.empty()) reached = Reached(write);
        return !reached.contains(other->stamp.id);
    });
}

std::set<std::string> FieldHistory::KnownTo(const FieldWrite& write) const {
    std::set<std::string> values;
    for (auto i = writes_.lower_bound({write.stamp.id.device_id, 0}); i != writes_.end(); ++i) {
        if (write.stamp.id < i->first) break;
        values.insert(i->second.value);
        if (const FieldWrite* seen = SeenBy(i->second)) values.insert(seen->value);
    }
    return values;
}

std::set<WriteId> FieldHistory::Reached(const FieldWrite& write) const {
    std::set<WriteId> reached{write.stamp.id};
    std::vector<const FieldWrite*> to_visit{&write};
    const auto add = [&](const FieldWrite& known) {
        const bool is_new = reached.insert(known.stamp.id).second;
        if (is_new) to_visit.push_back(&known);
        return is_new;
    };
    while (!to_visit.empty()) {
        const FieldWrite& visiting = *to_visit.back();
        to_visit.pop_back();
        if (!visiting.blocked.empty()) continue;
        const WriteId& id = visiting.stamp.id;
        for (auto i = writes_.find(id); i != writes_.begin();) {
            --i;  // The one before it of the same device.
            const FieldWrite& earlier = i->second;
            if (i->first.device_id != id.device_id) break;
            // Whom that one knows of is visited by its own way.
            if (!add(earlier) && earlier.blocked.empty()) break;
        }
        if (const FieldWrite* seen = SeenBy(visiting)) add(*seen);
    }
    return reached;
}

}  // namespace bangkit::registration
