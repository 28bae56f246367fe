#pragma once

#include <map>
#include <utility>

#include "services/dashboard/domain/aid_figures.h"
#include "services/dashboard/domain/measures.h"

namespace bangkit::dashboard {

/// What is counted in a region, as it is now.
struct MeasureFigures {
    Measures now;  // But for those of waiting.
    /// By what was waited for, and by kind; kind 0: all kinds together.
    std::map<std::pair<Measure, int>, WaitingTime> waits;

    /// Zero if nobody has waited for it.
    WaitingTime Waited(Measure measure, int kind = 0) const;
    bool operator==(const MeasureFigures&) const = default;
};

/// Adds what of a measure is money of budgets: the interest of loans.
void AddTo(AidMoney& money, const MeasureKey& key, std::int64_t value);

/// The same of a month. Of waiting, how many had waited long enough, whatever the hours (detail 0).
struct MeasureMonth {
    Measures changes;  // In this month.
    Measures at_end;
    bool operator==(const MeasureMonth&) const = default;
};

/// The month after `before` in which that changed.
MeasureMonth After(const MeasureMonth& before, const Measures& changes);

}  // namespace bangkit::dashboard
