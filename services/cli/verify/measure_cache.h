#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "bangkit/dashboard/v1/dashboard.pb.h"
#include "libs/postgres/connection.h"

namespace bangkit::cli {

/// What the cache should show of goods, loans, referrals, nominations, supervision and grievances
/// in one region: values by measure, kind and detail, as the read model has them.
struct ExpectedMeasures {
    std::map<std::tuple<int, int, std::int64_t>, std::int64_t> values;
    /// Of waiting, how many took so many hours; by measure and kind.
    std::map<std::pair<int, int>, std::map<std::int64_t, std::int64_t>> hours;
    /// By how much it changed in a month; by month, measure and, of nominees, how far they came.
    std::map<std::tuple<std::string, int, std::int64_t>, std::int64_t> months;
};

/// By region.
std::map<std::string, ExpectedMeasures> ReadMeasures(postgres::Connection& dashboard);

/// nullptr: the dashboard shows that.
const char* DifferenceOf(const dashboard::v1::Dashboard& shown, const ExpectedMeasures& expected);

}  // namespace bangkit::cli
