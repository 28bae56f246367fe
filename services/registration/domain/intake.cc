#include "services/registration/domain/intake.h"

#include <algorithm>
#include <set>

namespace bangkit::registration {
namespace {

/// Directly: by what its author saw, or as a later one of the same device. Of one that could not be
/// taken nobody knows whether it will ever count.
bool Knows(const FieldWrite& write, const FieldWrite& other) {
    if (!write.blocked.empty()) return false;
    const WriteId &id = write.stamp.id, &other_id = other.stamp.id;
    const bool is_later = id.device_id == other_id.device_id && id.sequence > other_id.sequence;
    return is_later || write.saw == other_id;
}

bool IsAlive(const FieldWrite& write) { return write.blocked.empty() && !write.is_decided; }

}  // namespace

CaptureTime Bounded(Time captured_at, Time received_at) {
    if (captured_at > received_at + kClockTolerance) return {received_at, true};
    if (captured_at < kFirstCapture) return {kFirstCapture, true};
    return {captured_at, false};
}

void FieldHistory::Add(FieldWrite write) {
    const WriteId id = write.stamp.id;
    writes_.try_emplace(id, std::move(write));
}

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
        if (!IsAlive(write)) continue;
        if (is_after(write, last)) last = &write;
        if (IsHead(write) && is_after(write, present)) present = &write;
    }
    return present == nullptr ? last : present;
}

std::vector<WriteId> FieldHistory::Open() const {
    std::set<std::string> settled;
    if (const FieldWrite* present = Present()) {
        settled.insert(present->value);
        settled.merge(KnownTo(*present));
    }
    std::map<std::string, Stamp> open;
    for (const auto& [id, write] : writes_) {
        const bool is_settled = write.is_decided || settled.contains(write.value);
        if (is_settled || !IsHead(write)) continue;
        Stamp& last = open.try_emplace(write.value, write.stamp).first->second;
        last = std::max(last, write.stamp);
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

bool FieldHistory::IsHead(const FieldWrite& write) const {
    return std::ranges::none_of(writes_,
                                [&write](const auto& other) { return Knows(other.second, write); });
}

std::set<std::string> FieldHistory::KnownTo(const FieldWrite& write) const {
    std::set<std::string> values;
    std::set<WriteId> visited{write.stamp.id};
    std::vector<const FieldWrite*> to_visit{&write};
    while (!to_visit.empty()) {
        const FieldWrite& visiting = *to_visit.back();
        to_visit.pop_back();
        for (const auto& [id, other] : writes_) {
            if (!Knows(visiting, other) || !visited.insert(id).second) continue;
            values.insert(other.value);
            to_visit.push_back(&other);
        }
    }
    return values;
}

}  // namespace bangkit::registration
