#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace bangkit {

/// The aggregates of one transaction: as they were loaded, and as the commands left them.
/// State needs `id` and `version`; version 0 means that it does not exist yet.
template <typename State>
class Tracked {
public:
    struct Entry {
        State state;
        std::int64_t saved_version = 0;
    };

    void AddLoaded(State state) {
        Entry& entry = entries_[state.id];
        entry.saved_version = state.version;
        entry.state = std::move(state);
    }

    State& operator[](const std::string& id) { return entries_[id].state; }
    const State* Find(const std::string& id) const {
        const auto found = entries_.find(id);
        return found == entries_.end() ? nullptr : &found->second.state;
    }

    std::vector<const Entry*> Created() const {  // In id order, as everything below.
        return Select([](const Entry& e) { return e.saved_version == 0 && e.state.version > 0; });
    }
    std::vector<const Entry*> Changed() const {
        return Select([](const Entry& e) {
            return e.saved_version > 0 && e.state.version > e.saved_version;
        });
    }
    std::vector<const Entry*> Unchanged() const {
        return Select([](const Entry& e) { return e.state.version == e.saved_version; });
    }

private:
    template <typename Predicate>
    std::vector<const Entry*> Select(Predicate is_wanted) const {
        std::vector<const Entry*> selected;
        for (const auto& [id, entry] : entries_) {
            if (is_wanted(entry)) selected.push_back(&entry);
        }
        std::ranges::sort(selected, {}, [](const Entry* e) { return e->state.id; });
        return selected;
    }

    std::unordered_map<std::string, Entry> entries_;
};

}  // namespace bangkit
