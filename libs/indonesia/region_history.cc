#include "libs/indonesia/region_history.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "libs/indonesia/format.h"

extern "C" const char bangkit_region_changes_begin[];
extern "C" const char bangkit_region_changes_end[];

namespace bangkit::indonesia {
namespace {

std::string_view ChangesOfTheBuild() {
    return {bangkit_region_changes_begin,
            static_cast<std::size_t>(bangkit_region_changes_end - bangkit_region_changes_begin)};
}

std::string_view TakeUpTo(std::string_view& text, char end) {
    const std::string_view taken = text.substr(0, text.find(end));
    text.remove_prefix(std::min(taken.size() + 1, text.size()));
    return taken;
}

RegionChange ReadLine(std::string_view line) {
    std::array<std::string_view, 4> fields;
    std::string_view rest = line;
    for (std::string_view& field : fields) field = TakeUpTo(rest, ',');
    const auto& [code, successor, in_force, basis] = fields;
    const Result<Date> day = ParseDate(in_force);
    if (!LevelOf(code) || !LevelOf(successor) || code == successor || !day || basis.empty() ||
        !rest.empty()) {
        throw std::invalid_argument("no change of a region: " + std::string(line));
    }
    return {.code = code, .successor = successor, .in_force = *day, .basis = basis};
}

}  // namespace

RegionHistory::RegionHistory(const RegionTree& regions)
    : RegionHistory(regions, ChangesOfTheBuild()) {}

RegionHistory::RegionHistory(const RegionTree& regions, std::string_view lines)
    : regions_(regions) {
    TakeUpTo(lines, '\n');  // The header.
    while (!lines.empty()) {
        const RegionChange change = ReadLine(TakeUpTo(lines, '\n'));
        changes_.emplace(change.code, change);
    }
}

std::vector<Successor> RegionHistory::SuccessorsOf(std::string_view code) const {
    std::map<std::string, Successor> found;
    if (regions_.Find(code) == nullptr) AddSuccessors(code, Date::min(), found);
    std::vector<Successor> successors;
    for (auto& [name, successor] : found) successors.push_back(std::move(successor));
    return successors;
}

void RegionHistory::AddSuccessors(std::string_view code, Date after,
                                  std::map<std::string, Successor>& found) const {
    const std::string_view changed = ChangedWith(code);
    const auto [first, last] = changes_.equal_range(changed);
    for (auto each = first; each != last; ++each) {
        const RegionChange& change = each->second;
        if (change.in_force <= after) continue;
        const std::string successor =
            std::string(change.successor) + std::string(code.substr(changed.size()));
        if (regions_.Find(successor) != nullptr) {
            found.insert_or_assign(
                successor,
                Successor{.code = successor, .since = change.in_force, .basis = change.basis});
        } else {
            AddSuccessors(successor, change.in_force, found);
        }
    }
}

std::string_view RegionHistory::ChangedWith(std::string_view code) const {
    if (!LevelOf(code)) return {};
    while (!code.empty() && !changes_.contains(code)) code = ParentOf(code);
    return code;
}

bool RegionHistory::Knows(std::string_view code) const {
    return regions_.Find(code) != nullptr || !SuccessorsOf(code).empty();
}

std::optional<Date> RegionHistory::LastDayOf(std::string_view code) const {
    if (regions_.Find(code) != nullptr) return std::nullopt;
    const auto change = changes_.find(ChangedWith(code));
    if (change == changes_.end()) return std::nullopt;
    return change->second.in_force - std::chrono::days(1);
}

}  // namespace bangkit::indonesia
