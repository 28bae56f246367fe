#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/base/clock.h"
#include "libs/indonesia/regions.h"

namespace bangkit::indonesia {

/// A code that is no more, and one of the codes that took over. What lies inside goes with it and
/// keeps the rest of its code, unless it has a change of its own.
struct RegionChange {
    std::string_view code;
    std::string_view successor;  // Of the present tree, or the code of a later change.
    Date in_force;               // The first day of the successor.
    std::string_view basis;      // The law or decree: "UU 14/2022".
};

/// A region of the present tree that took over.
struct Successor {
    std::string code;
    Date since;              // Its first day as a successor.
    std::string_view basis;  // Of the last change on the way.
    bool operator==(const Successor&) const = default;
};

/// The codes that regions had before, when that ended, and what they became.
///
/// Texts live as long as the process. Any number of threads may read it.
class RegionHistory {
public:
    /// The changes that are known to this build, region_changes.csv: RegionTree::history().
    explicit RegionHistory(const RegionTree& regions);
    /// Other changes: lines "code,successor,YYYY-MM-DD,basis" behind a header. They and `regions`
    /// must outlive it. Throws std::invalid_argument if a line cannot be read.
    RegionHistory(const RegionTree& regions, std::string_view lines);

    /// Who took over from a code that is no more, by code: one if the region has only got another
    /// code or become part of another one, several if it was split. None if `code` is of the
    /// present tree, or was never one as far as is known.
    std::vector<Successor> SuccessorsOf(std::string_view code) const;

    /// A code of the present tree or of before.
    bool Knows(std::string_view code) const;

    /// The last day of a code that is no more; nullopt for all others.
    std::optional<Date> LastDayOf(std::string_view code) const;

    /// Every change, by code.
    const std::multimap<std::string_view, RegionChange>& changes() const { return changes_; }

    const RegionTree& regions() const { return regions_; }

private:
    /// By changes of later than `after`, so that it ends whatever the changes say.
    void AddSuccessors(std::string_view code, Date after,
                       std::map<std::string, Successor>& found) const;
    /// The code of the change that `code` goes with: itself, or the nearest one around it. Empty:
    /// none.
    std::string_view ChangedWith(std::string_view code) const;

    const RegionTree& regions_;
    std::multimap<std::string_view, RegionChange> changes_;
};

}  // namespace bangkit::indonesia
