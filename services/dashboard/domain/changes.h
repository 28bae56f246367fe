#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "services/dashboard/domain/business.h"
#include "services/dashboard/domain/need.h"

namespace bangkit::dashboard {

/// One counter: the businesses of one category in one region, as far as they changed in one month.
struct Cell {
    std::string region_code;
    Month month;
    Category category;
    auto operator<=>(const Cell&) const = default;
};

/// The same of the businesses whose data has been checked so far. The others are not counted: they
/// are the rest.
struct VerifiedCell {
    std::string region_code;
    Month month;
    Verification level;
    auto operator<=>(const VerifiedCell&) const = default;
};

/// The same of the businesses that have a mark.
struct MarkCell {
    std::string region_code;
    Month month;
    Mark mark;
    auto operator<=>(const MarkCell&) const = default;
};

/// The same of needs, by what they are about and what became of them.
struct NeedCell {
    std::string region_code;
    Month month;
    NeedTopic topic;
    NeedStatus status;
    auto operator<=>(const NeedCell&) const = default;
};

struct RegionMonth {
    std::string region_code;
    Month month;
    auto operator<=>(const RegionMonth&) const = default;
};

/// What happened in a month.
struct Flow {
    std::int64_t registered = 0;
    std::int64_t upgraded = 0;
    bool operator==(const Flow&) const = default;
};

/// By how much events change the figures of all the regions that they touch, from the village up to
/// the country. Everything is kept in order, because that is the order in which rows are locked.
class Changes {
public:
    /// `before`: what the business counted as; nullptr if it was not known.
    void Add(const BusinessState* before, const BusinessEvent& event);
    /// `before`: what the need counted as; nullptr if it was not known.
    void Add(const NeedState* before, const NeedEvent& event);

    /// Without zeros: what cancels out is no change.
    const std::map<Cell, std::int64_t>& counts() const { return counts_; }
    const std::map<VerifiedCell, std::int64_t>& verified() const { return verified_; }
    const std::map<MarkCell, std::int64_t>& marks() const { return marks_; }
    const std::map<NeedCell, std::int64_t>& needs() const { return needs_; }
    const std::map<RegionMonth, Flow>& flows() const { return flows_; }
    /// The regions with any change, and by how many businesses they have more or fewer.
    std::map<std::string, std::int64_t> Regions() const;

private:
    void Count(const BusinessState& state, Month month, std::int64_t by);
    void Count(const NeedState& state, Month month, std::int64_t by);

    std::map<Cell, std::int64_t> counts_;
    std::map<VerifiedCell, std::int64_t> verified_;
    std::map<MarkCell, std::int64_t> marks_;
    std::map<NeedCell, std::int64_t> needs_;
    std::map<RegionMonth, Flow> flows_;
};

}  // namespace bangkit::dashboard
