#include "services/cli/verify/aid_cache.h"

namespace bangkit::cli {
namespace {

using dashboard::v1::AidFigures;
using dashboard::v1::Dashboard;
using dashboard::v1::WaitingTime;

enum Step { kSubmitted = 1, kApproved = 2, kPaid = 3 };

/// Rupiah of applications from one state to another one.
std::int64_t Rupiah(const ExpectedAid& expected, int first, int last) {
    std::int64_t sum = 0;
    for (const auto& [state, count] : expected.applications) {
        if (state >= first && state <= last) sum += count.second;
    }
    return sum;
}

std::int64_t Recipients(const ExpectedAid& expected) {
    std::int64_t sum = 0;
    for (const auto& [state, count] : expected.applications) {
        if (state >= 7 && state <= 9) sum += count.first;
    }
    return sum;
}

/// The hours that so many of a hundred applications did not exceed.
std::int64_t Percentile(const std::map<std::int64_t, std::int64_t>& hours, std::int64_t all,
                        int of_hundred) {
    std::int64_t up_to = 0;
    for (const auto& [each, applications] : hours) {
        up_to += applications;
        if (100 * up_to >= of_hundred * all) return each;
    }
    return 0;
}

bool ShowsTime(const WaitingTime& shown, const ExpectedAid& expected, int step) {
    const auto found = expected.steps.find(step);
    if (found == expected.steps.end()) return shown.applications() == 0;
    std::int64_t all = 0;
    for (const auto& [hours, applications] : found->second) all += applications;
    return shown.applications() == all &&
           shown.median_hours() == Percentile(found->second, all, 50) &&
           shown.p90_hours() == Percentile(found->second, all, 90);
}

template <typename Message>
bool ShowsCounts(const Message& shown, const ExpectedAid& expected) {
    std::map<std::pair<int, int>, std::int64_t> programs;
    for (const auto& count : shown.programs()) {
        programs[{count.instrument(), count.state()}] = count.programs();
    }
    std::map<int, std::pair<std::int64_t, std::int64_t>> applications;
    for (const auto& count : shown.applications()) {
        applications[count.state()] = {count.applications(), count.rupiah()};
    }
    return programs == expected.programs && applications == expected.applications;
}

bool ShowsRejections(const Dashboard& shown, const ExpectedAid& expected) {
    std::map<int, std::int64_t> all;
    for (const auto& count : shown.aid().rejections()) all[count.reason()] = count.applications();
    std::map<std::pair<std::string, int>, std::int64_t> by_month;
    for (const auto& month : shown.months()) {
        for (const auto& count : month.aid().rejections()) {
            by_month[{month.month(), count.reason()}] = count.applications();
        }
    }
    auto in_months_shown = expected.rejections_by_month;
    std::erase_if(in_months_shown, [&shown](const auto& each) {
        return shown.months().empty() || each.first.first < shown.months(0).month();
    });
    return all == expected.rejections && by_month == in_months_shown;
}

template <typename Message>
bool ShowsMoney(const Message& shown, const ExpectedAid& expected) {
    return shown.allocated_rupiah() == expected.allocated &&
           shown.reserved_rupiah() == Rupiah(expected, 5, 6) + expected.subsidy_reserved &&
           shown.disbursed_rupiah() == Rupiah(expected, 7, 9) + expected.subsidy &&
           shown.returned_rupiah() == Rupiah(expected, 14, 14) &&
           shown.recipients() == Recipients(expected);
}

bool ShowsMonths(const Dashboard& shown, const ExpectedAid& expected) {
    const auto steps = [&expected](const std::string& month, int step) {
        const auto found = expected.steps_by_month.find({month, step});
        return found == expected.steps_by_month.end() ? 0 : found->second;
    };
    for (const auto& month : shown.months()) {
        if (month.aid().submitted() != steps(month.month(), kSubmitted) ||
            month.aid().approved() != steps(month.month(), kApproved) ||
            month.aid().paid() != steps(month.month(), kPaid)) {
            return false;
        }
    }
    if (shown.months().empty()) return true;
    const auto& last = shown.months().rbegin()->aid();  // Its end is now.
    return ShowsMoney(last, expected) && ShowsCounts(last, expected);
}

}  // namespace

std::map<std::string, ExpectedAid> ReadAid(postgres::Connection& dashboard) {
    std::map<std::string, ExpectedAid> regions;
    const postgres::Rows programs = dashboard.Run(
        "SELECT region_code, instrument, state, sum(change)::bigint FROM program_counts"
        " GROUP BY region_code, instrument, state HAVING sum(change) <> 0");
    for (int i = 0; i < programs.size(); ++i) {
        const auto part = [&](int column) { return static_cast<int>(programs.Int64(i, column)); };
        regions[programs.Text(i, 0)].programs[{part(1), part(2)}] = programs.Int64(i, 3);
    }
    const postgres::Rows allocated = dashboard.Run(
        "SELECT region_code, sum(change_rupiah)::bigint FROM allocation_sums GROUP BY region_code");
    for (int i = 0; i < allocated.size(); ++i) {
        regions[allocated.Text(i, 0)].allocated = allocated.Int64(i, 1);
    }
    const postgres::Rows applications = dashboard.Run(
        "SELECT region_code, state, sum(change)::bigint, sum(change_rupiah)::bigint"
        "  FROM application_counts GROUP BY region_code, state HAVING sum(change) <> 0");
    for (int i = 0; i < applications.size(); ++i) {
        const auto state = static_cast<int>(applications.Int64(i, 1));
        regions[applications.Text(i, 0)].applications[state] = {applications.Int64(i, 2),
                                                                applications.Int64(i, 3)};
    }
    const postgres::Rows rejections = dashboard.Run(
        "SELECT region_code, to_char(month, 'YYYY-MM'), reason, applications"
        "  FROM rejection_counts");
    for (int i = 0; i < rejections.size(); ++i) {
        ExpectedAid& aid = regions[rejections.Text(i, 0)];
        const auto reason = static_cast<int>(rejections.Int64(i, 2));
        aid.rejections[reason] += rejections.Int64(i, 3);
        aid.rejections_by_month[{rejections.Text(i, 1), reason}] = rejections.Int64(i, 3);
    }
    const postgres::Rows steps = dashboard.Run(
        "SELECT region_code, to_char(month, 'YYYY-MM'), step, hours, applications"
        "  FROM application_steps");
    for (int i = 0; i < steps.size(); ++i) {
        ExpectedAid& aid = regions[steps.Text(i, 0)];
        const auto step = static_cast<int>(steps.Int64(i, 2));
        aid.steps[step][steps.Int64(i, 3)] += steps.Int64(i, 4);
        aid.steps_by_month[{steps.Text(i, 1), step}] += steps.Int64(i, 4);
    }
    const postgres::Rows interest = dashboard.Run(
        "SELECT region_code, measure, sum(change)::bigint FROM measure_sums"
        " WHERE measure IN (14, 15) GROUP BY region_code, measure");
    for (int i = 0; i < interest.size(); ++i) {
        ExpectedAid& aid = regions[interest.Text(i, 0)];
        (interest.Int64(i, 1) == 14 ? aid.subsidy : aid.subsidy_reserved) = interest.Int64(i, 2);
    }
    return regions;
}

const char* DifferenceOf(const Dashboard& shown, const ExpectedAid& expected) {
    if (!ShowsCounts(shown.aid(), expected)) return "shows other counts of aid";
    if (!ShowsRejections(shown, expected)) return "shows other rejections of aid";
    if (!ShowsMoney(shown.aid(), expected)) return "shows other money of aid";
    if (!ShowsTime(shown.aid().approval(), expected, kApproved) ||
        !ShowsTime(shown.aid().payment(), expected, kPaid)) {
        return "shows other times of aid";
    }
    return ShowsMonths(shown, expected) ? nullptr : "shows another month of aid";
}

}  // namespace bangkit::cli
