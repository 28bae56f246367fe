#include "services/cli/verify/measure_cache.h"

#include <algorithm>
#include <utility>

namespace bangkit::cli {
namespace {

using namespace dashboard::v1;

/// What a dashboard shows, as values by measure, kind and detail.
class Shown {
public:
    explicit Shown(const Dashboard& dashboard) {
        for (const GoodsCount& count : dashboard.goods()) {
            Add(1, count.kind(), count.unit(), count.on_hand());
            Add(2, count.kind(), count.unit(), count.reserved());
            Add(3, count.kind(), count.unit(), count.received());
            Add(4, count.kind(), count.unit(), count.handed_over());
        }
        AddLoans(dashboard.loans(), dashboard.referrals());
        for (const NominationFigures& scheme : dashboard.nominations()) AddNominations(scheme);
        AddSupervision(dashboard.supervision());
        AddGrievances(dashboard.grievances());
    }

    /// But for what is shown as one sum of all kinds and details.
    const auto& values() const { return values_; }
    /// By measure: what is shown as such a sum.
    const std::map<int, std::int64_t>& sums() const { return sums_; }

private:
    void Add(int measure, int kind, std::int64_t detail, std::int64_t value) {
        if (value != 0) values_[{measure, kind, detail}] += value;
    }

    void AddLoans(const LoanFigures& loans, const ReferralFigures& referrals) {
        for (const LoanCount& count : loans.loans()) {
            Add(11, count.instrument(), count.state(), count.loans());
            Add(12, count.instrument(), count.state(), count.principal_rupiah());
        }
        sums_[13] = loans.repaid_rupiah();
        sums_[14] = loans.subsidy_rupiah();
        sums_[15] = loans.subsidy_reserved_rupiah();
        for (const ReferralCount& count : referrals.referrals()) {
            Add(21, count.instrument(), count.state(), count.referrals());
        }
        for (const RestructuringCount& count : referrals.restructurings()) {
            Add(22, count.form(), count.state(), count.referrals());
        }
        for (const PartnerAnswers& answers : referrals.answers()) {
            Add(23, answers.instrument(), 0, answers.silent());
            Add(24, answers.instrument(), 0, answers.escalated());
        }
    }

    void AddNominations(const NominationFigures& scheme) {
        for (const NomineeCount& count : scheme.nominees()) {
            Add(31, scheme.scheme(), count.state(), count.nominees());
            Add(32, scheme.scheme(), count.state(), count.rupiah());
        }
        Add(33, scheme.scheme(), 1, scheme.nominated());
        Add(33, scheme.scheme(), 2, scheme.determined());
        Add(33, scheme.scheme(), 3, scheme.paid());
        Add(33, scheme.scheme(), 4, scheme.claimed());
        for (const NomineeReasonCount& count : scheme.reasons()) {
            Add(34, scheme.scheme(), count.reason(), count.nominees());
        }
    }

    void AddSupervision(const SupervisionFigures& supervision) {
        for (const RefundCount& count : supervision.refunds()) {
            Add(41, 0, count.state(), count.cases());
            Add(42, 0, count.state(), count.claimed_rupiah());
            Add(43, 0, count.state(), count.repaid_rupiah());
        }
        for (const VisitCount& count : supervision.visits()) {
            Add(51, 0, count.state(), count.visits());
        }
        for (const OutcomeCount& count : supervision.outcomes()) {
            Add(52, 0, count.outcome(), count.visits());
        }
        sums_[44] = supervision.overdue_refunds();
        sums_[53] = supervision.overdue_visits();
    }

    void AddGrievances(const GrievanceFigures& grievances) {
        for (const GrievanceCount& count : grievances.grievances()) {
            Add(61, count.class_(), count.state(), count.grievances());
        }
        for (const OpenGrievances& open : grievances.open()) {
            Add(62, open.service(), 0, open.grievances());
        }
        sums_[63] = grievances.overdue();
        sums_[64] = grievances.escalated();
    }

    std::map<std::tuple<int, int, std::int64_t>, std::int64_t> values_;
    std::map<int, std::int64_t> sums_;
};

/// The hours that so many of a hundred did not exceed.
std::int64_t Percentile(const std::map<std::int64_t, std::int64_t>& hours, std::int64_t all,
                        int of_hundred) {
    std::int64_t up_to = 0;
    for (const auto& [each, things] : hours) {
        up_to += things;
        if (100 * up_to >= of_hundred * all) return each;
    }
    return 0;
}

bool ShowsTime(const WaitingTime& shown, const std::map<std::int64_t, std::int64_t>& hours) {
    std::int64_t all = 0;
    for (const auto& [each, things] : hours) all += things;
    return shown.applications() == all && shown.median_hours() == Percentile(hours, all, 50) &&
           shown.p90_hours() == Percentile(hours, all, 90);
}

bool ShowsTimes(const Dashboard& shown, const ExpectedMeasures& expected) {
    /// Kind 0: of all kinds.
    const auto hours = [&expected](int measure, int kind) {
        std::map<std::int64_t, std::int64_t> found;
        for (const auto& [key, of_kind] : expected.hours) {
            if (key.first != measure || (kind != 0 && key.second != kind)) continue;
            for (const auto& [each, things] : of_kind) found[each] += things;
        }
        return found;
    };
    std::map<std::pair<int, int>, const WaitingTime*> times{
        {{101, 0}, &shown.loans().grant()},
        {{104, 0}, &shown.grievances().first_answer()},
        {{105, 0}, &shown.grievances().resolution()}};
    for (const PartnerAnswers& answers : shown.referrals().answers()) {
        times[{102, answers.instrument()}] = &answers.answer();
    }
    for (const NominationFigures& scheme : shown.nominations()) {
        times[{103, scheme.scheme()}] = &scheme.determination();
    }
    for (const GrievanceAnswers& answers : shown.grievances().answers()) {
        times[{104, answers.class_()}] = &answers.first_answer();
        times[{105, answers.class_()}] = &answers.resolution();
    }
    for (const auto& [key, of_kind] : expected.hours) {
        // Loans are shown together, and of no class are those that never had a first answer.
        if (key.first != 101 && key.second != 0 && !times.contains(key)) return false;
    }
    return std::ranges::all_of(times, [&hours](const auto& each) {
        return ShowsTime(*each.second, hours(each.first.first, each.first.second));
    });
}

bool ShowsClasses(const GrievanceFigures& shown, const ExpectedMeasures& expected) {
    const auto value = [&expected](int measure, int of_class) {
        const auto found = expected.values.find({measure, of_class, 0});
        return found == expected.values.end() ? 0 : found->second;
    };
    return std::ranges::all_of(shown.answers(), [&value](const GrievanceAnswers& answers) {
        return answers.overdue() == value(63, answers.class_()) &&
               answers.escalated() == value(64, answers.class_());
    });
}

bool ShowsMonth(const std::string& name, const InstrumentMonth& shown,
                const ExpectedMeasures& expected) {
    const auto in = [&](int measure, std::int64_t stage = 0) {
        const auto found = expected.months.find({name, measure, stage});
        return found == expected.months.end() ? 0 : found->second;
    };
    const auto at_end_of = [&](int measure) {
        std::int64_t sum = 0;
        for (const auto& [key, change] : expected.months) {
            if (std::get<0>(key) <= name && std::get<1>(key) == measure) sum += change;
        }
        return sum;
    };
    return shown.loans_granted() == in(11) && shown.subsidy_rupiah() == in(14) &&
           shown.referrals_sent() == in(21) && shown.referrals_answered() == in(102) &&
           shown.nominees_determined() == in(33, 2) && shown.nominees_paid() == in(33, 3) &&
           shown.refunded_rupiah() == in(43) && shown.grievances_filed() == in(61) &&
           shown.grievances_answered() == in(104) && shown.grievances_escalated() == in(64) &&
           shown.grievances_open() == at_end_of(62) && shown.grievances_overdue() == at_end_of(63);
}

bool ShowsMonths(const Dashboard& shown, const ExpectedMeasures& expected) {
    const std::string last = shown.months().empty() ? "" : shown.months().rbegin()->month();
    if (!expected.months.empty() && last < std::get<0>(expected.months.rbegin()->first)) {
        return false;
    }
    return std::ranges::all_of(shown.months(), [&expected](const MonthFigures& month) {
        return ShowsMonth(month.month(), month.instruments(), expected);
    });
}

void ReadMonths(postgres::Connection& dashboard, std::map<std::string, ExpectedMeasures>& regions) {
    const postgres::Rows rows = dashboard.Run(
        "SELECT region_code, to_char(month, 'YYYY-MM'), measure,"
        "       CASE WHEN measure = 33 THEN detail ELSE 0 END, sum(change)::bigint"
        "  FROM measure_sums WHERE measure IN (11, 14, 21, 33, 43, 61, 62, 63, 64, 102, 104)"
        " GROUP BY 1, 2, 3, 4 HAVING sum(change) <> 0");
    for (int i = 0; i < rows.size(); ++i) {
        regions[rows.Text(i, 0)]
            .months[{rows.Text(i, 1), static_cast<int>(rows.Int64(i, 2)), rows.Int64(i, 3)}] =
            rows.Int64(i, 4);
    }
}

}  // namespace

std::map<std::string, ExpectedMeasures> ReadMeasures(postgres::Connection& dashboard) {
    constexpr int kFirstOfWaiting = 101;
    std::map<std::string, ExpectedMeasures> regions;
    const postgres::Rows rows = dashboard.Run(
        "SELECT region_code, measure, kind, detail, sum(change)::bigint FROM measure_sums"
        " GROUP BY region_code, measure, kind, detail HAVING sum(change) <> 0");
    for (int i = 0; i < rows.size(); ++i) {
        ExpectedMeasures& region = regions[rows.Text(i, 0)];
        const auto measure = static_cast<int>(rows.Int64(i, 1));
        const auto kind = static_cast<int>(rows.Int64(i, 2));
        if (measure < kFirstOfWaiting) {
            region.values[{measure, kind, rows.Int64(i, 3)}] = rows.Int64(i, 4);
        } else {
            region.hours[{measure, kind}][rows.Int64(i, 3)] = rows.Int64(i, 4);
        }
    }
    ReadMonths(dashboard, regions);
    return regions;
}

const char* DifferenceOf(const Dashboard& dashboard, const ExpectedMeasures& expected) {
    const Shown shown(dashboard);
    auto values = expected.values;
    for (const auto& [measure, sum] : shown.sums()) {
        std::int64_t rest = sum;
        std::erase_if(values, [&rest, measure = measure](const auto& each) {
            if (std::get<0>(each.first) != measure) return false;
            rest -= each.second;
            return true;
        });
        if (rest != 0) return "shows another sum of a measure";
    }
    if (values != shown.values()) return "shows another measure";
    if (!ShowsClasses(dashboard.grievances(), expected)) return "shows other classes";
    if (!ShowsTimes(dashboard, expected)) return "shows other times of a measure";
    return ShowsMonths(dashboard, expected) ? nullptr : "shows another month of a measure";
}

}  // namespace bangkit::cli
