#include "services/dashboard/domain/changes.h"

#include <utility>

#include "services/dashboard/domain/cells.h"

namespace bangkit::dashboard {

void Changes::Add(const BusinessState* before, const BusinessEvent& event) {
    if (before == nullptr || *before != event.after) {
        if (before != nullptr) Count(*before, event.month, -1);
        Count(event.after, event.month, +1);
    }
    if (before != nullptr && !event.upgraded) return;
    ForEachLevel(event.after.region_code, [&](std::string code) {
        Flow& flow = flows_[{std::move(code), event.month}];
        if (before == nullptr) ++flow.registered;
        if (event.upgraded) ++flow.upgraded;
    });
}

void Changes::Add(const NeedState* before, const NeedEvent& event) {
    if (before != nullptr) Count(*before, event.month, -1);
    Count(event.after, event.month, +1);
}

void Changes::Count(const NeedState& state, Month month, std::int64_t by) {
    ForEachLevel(state.region_code, [&](std::string code) {
        AddTo(needs_, {std::move(code), month, state.topic, state.status}, by);
    });
}

void Changes::Count(const BusinessState& state, Month month, std::int64_t by) {
    if (state.is_merged) return;
    ForEachLevel(state.region_code, [&](std::string code) {
        if (state.verification != Verification::kSelfDeclared) {
            AddTo(verified_, {code, month, state.verification}, by);
        }
        for (const Mark mark : state.marks) AddTo(marks_, {code, month, mark}, by);
        AddTo(counts_, {std::move(code), month, state.category}, by);
    });
}

std::map<std::string, std::int64_t> Changes::Regions() const {
    std::map<std::string, std::int64_t> regions;
    for (const auto& [cell, change] : counts_) regions[cell.region_code] += change;
    for (const auto& [cell, change] : verified_) regions.try_emplace(cell.region_code);
    for (const auto& [cell, change] : marks_) regions.try_emplace(cell.region_code);
    for (const auto& [cell, change] : needs_) regions.try_emplace(cell.region_code);
    for (const auto& [key, flow] : flows_) regions.try_emplace(key.region_code);
    return regions;
}

}  // namespace bangkit::dashboard
