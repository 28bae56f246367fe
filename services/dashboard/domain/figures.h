#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "services/dashboard/domain/aid_figures.h"
#include "services/dashboard/domain/business.h"
#include "services/dashboard/domain/measure_figures.h"
#include "services/dashboard/domain/need.h"

namespace bangkit::dashboard {

struct CategoryCount {
    Category category;
    std::int64_t businesses = 0;
    bool operator==(const CategoryCount&) const = default;
};

struct VerifiedCount {
    Verification level = Verification::kDocument;
    std::int64_t businesses = 0;
    bool operator==(const VerifiedCount&) const = default;
};

struct MarkCount {
    Mark mark = Mark::kOrderAndDeliver;
    std::int64_t businesses = 0;
    bool operator==(const MarkCount&) const = default;
};

struct NeedCount {
    NeedTopic topic = NeedTopic::kOther;
    NeedStatus status = NeedStatus::kReceived;
    std::int64_t needs = 0;
    bool operator==(const NeedCount&) const = default;
};

/// What changed in a month.
struct MonthChange {
    Month month;
    std::int64_t registered = 0;
    std::int64_t upgraded = 0;
    std::int64_t businesses = 0;  // More than the month before; negative: fewer.
    std::int64_t dormant = 0;     // The same, of those that are dormant.
    std::int64_t verified = 0;    // The same, of those whose data has been checked.
    std::int64_t needs_stated = 0;
    std::int64_t needs_accommodated = 0;
    AidMonth aid = {};
    Measures measures = {};
};

/// How it was at the end of a month.
struct MonthFigures {
    Month month;
    std::int64_t registered = 0;          // In this month.
    std::int64_t upgraded = 0;            // In this month.
    std::int64_t businesses = 0;          // At its end.
    std::int64_t dormant = 0;             // At its end.
    std::int64_t verified = 0;            // At its end.
    std::int64_t needs_stated = 0;        // In this month.
    std::int64_t needs_accommodated = 0;  // In this month.
    AidMonth aid = {};
    MeasureMonth measures = {};
    bool operator==(const MonthFigures&) const = default;
};

inline constexpr std::size_t kMonthsShown = 24;

/// The figures month by month, without gaps from the first to the last month with a change; of
/// those the last kMonthsShown. `changes`: by month, each once.
std::vector<MonthFigures> History(std::span<const MonthChange> changes);

/// The figures of one region; all zero if it never had a business.
struct RegionFigures {
    std::string region_code;
    std::int64_t version = 0;
    std::int64_t businesses = 0;
    std::int64_t upgraded = 0;            // Since the beginning.
    std::vector<CategoryCount> counts;    // Without zeros, in order.
    std::vector<VerifiedCount> verified;  // The same.
    std::vector<MarkCount> marks;         // The same.
    std::vector<NeedCount> needs;         // The same.
    AidFigures aid;
    MeasureFigures measures;
    std::vector<MonthFigures> months;
    bool operator==(const RegionFigures&) const = default;
};

}  // namespace bangkit::dashboard
