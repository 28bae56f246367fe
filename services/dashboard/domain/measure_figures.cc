#include "services/dashboard/domain/measure_figures.h"

#include "services/dashboard/domain/cells.h"

namespace bangkit::dashboard {

WaitingTime MeasureFigures::Waited(Measure measure, int kind) const {
    const auto found = waits.find({measure, kind});
    return found == waits.end() ? WaitingTime() : found->second;
}

void AddTo(AidMoney& money, const MeasureKey& key, std::int64_t value) {
    if (key.measure == Measure::kLoanSubsidy) money.disbursed += value;
    if (key.measure == Measure::kLoanSubsidyReserved) money.reserved += value;
}

MeasureMonth After(const MeasureMonth& before, const Measures& changes) {
    MeasureMonth month{.changes = changes, .at_end = before.at_end};
    for (const auto& [key, change] : changes) AddTo(month.at_end, key, change);
    return month;
}

}  // namespace bangkit::dashboard
