#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>

namespace bangkit::dashboard {

/// What aggregates of one kind count as during a batch: as they were loaded, or as the events of
/// the batch left them so far.
template <typename State>
class Known {
public:
    void SetLoaded(std::unordered_map<std::string, State> loaded) { loaded_ = std::move(loaded); }
    void Save(const std::string& id, State state) { saved_.insert_or_assign(id, std::move(state)); }

    /// nullptr: not known.
    const State* Find(const std::string& id) const {
        if (const auto found = saved_.find(id); found != saved_.end()) return &found->second;
        const auto found = loaded_.find(id);
        return found == loaded_.end() ? nullptr : &found->second;
    }
    /// What is to be written.
    const std::map<std::string, State>& saved() const { return saved_; }

private:
    std::unordered_map<std::string, State> loaded_;
    std::map<std::string, State> saved_;
};

}  // namespace bangkit::dashboard
