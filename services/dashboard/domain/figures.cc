#include "services/dashboard/domain/figures.h"

namespace bangkit::dashboard {

std::vector<MonthFigures> History(std::span<const MonthChange> changes) {
    std::vector<MonthFigures> history;
    for (const MonthChange& change : changes) {
        while (!history.empty() && history.back().month + std::chrono::months(1) < change.month) {
            MonthFigures quiet = history.back();
            quiet.month += std::chrono::months(1);
            quiet.registered = quiet.upgraded = 0;
            quiet.needs_stated = quiet.needs_accommodated = 0;
            quiet.aid = After(quiet.aid, {});
            quiet.measures = After(quiet.measures, {});
            history.push_back(quiet);
        }
        const MonthFigures before = history.empty() ? MonthFigures{} : history.back();
        history.push_back({.month = change.month,
                           .registered = change.registered,
                           .upgraded = change.upgraded,
                           .businesses = before.businesses + change.businesses,
                           .dormant = before.dormant + change.dormant,
                           .verified = before.verified + change.verified,
                           .needs_stated = change.needs_stated,
                           .needs_accommodated = change.needs_accommodated,
                           .aid = After(before.aid, change.aid),
                           .measures = After(before.measures, change.measures)});
    }
    if (history.size() > kMonthsShown) {
        const auto hidden = static_cast<std::ptrdiff_t>(history.size() - kMonthsShown);
        history.erase(history.begin(), history.begin() + hidden);
    }
    return history;
}

}  // namespace bangkit::dashboard
